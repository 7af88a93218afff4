// The workspace works without this file. It adds keys and dropping of files.
"use strict";

// j and k go through the statements of a document; the passage follows.
const items = [...document.querySelectorAll(".list > li, .board .st")];
let current = -1;
function go(to) {
  if (!items.length) return;
  items[current]?.classList.remove("current");
  current = Math.max(0, Math.min(items.length - 1, to));
  const item = items[current];
  item.classList.add("current");
  item.querySelector("a.no, footer a")?.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  if (item.id) document.getElementById(item.id.replace(/^s/, "p"))?.scrollIntoView({ block: "center" });
}
const keys = { j: () => go(current + 1), k: () => go(current - 1) };
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select")) return;
  const act = keys[e.key];
  if (act) { e.preventDefault(); act(); }
});

// In the queue the first statement waits for a key.
if (document.querySelector(".queue > li") && !location.hash) go(0);

// A file that is dropped on a form is put into its file field.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  const over = (on) => (e) => { e.preventDefault(); form.classList.toggle("over", on); };
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (e) => {
    over(false)(e);
    if (e.dataTransfer.files.length) { field.files = e.dataTransfer.files; form.requestSubmit(); }
  });
}

// Long work tells how far it has come; at its end the page shows the result.
const bar = document.querySelector("progress[data-events]");
if (bar) {
  const events = new EventSource(bar.dataset.events);
  events.onmessage = (e) => {
    const state = JSON.parse(e.data);
    bar.value = state.finished;
    document.getElementById("finished").textContent = state.finished;
    if (state.done) { events.close(); location.reload(); }
  };
}

// c confirms, x rejects, e opens the correction of the current statement; words
// that are selected in the text become its content. u takes back what was decided about it, or else last.
function press(key) {
  const item = items[current];
  if (!item) return;
  const control = item.querySelector(`[data-key="${key}"]`);
  if (!control) return;
  if (control.tagName !== "DETAILS") return control.click();
  control.open = true;
  const field = control.querySelector("textarea");
  const chosen = String(getSelection()).trim();
  if (chosen) field.value = chosen;
  field.focus();
}
for (const key of ["c", "x", "e", "s"]) keys[key] = () => press(key);
keys.u = () => (items[current]?.querySelector("[data-undo]") ?? document.querySelector("[data-undo]"))?.click();
// s sets the current statement of a claim apart, m goes to where it is merged.
keys.m = () => document.getElementById("other")?.focus();
keys["?"] = () => document.querySelector("details.help")?.toggleAttribute("open");
