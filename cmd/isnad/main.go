// Isnad reads news and says who said what, on whose word, with what stance.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// command is what the first argument names.
type command struct {
	name, args, about string
	run               func(ctx context.Context, e *env, args []string) error
}

func commands() []command {
	return []command{
		{"read", "[FILE|DIR|-]…", "find who said what in documents", read},
		{"add", "URL|FILE|DIR|-…", "preserve documents in the archive and file who said what", add},
		{"watch", "[list|add|pause|resume|remove|run|changes] [URL|FILE]…", "look at pages again and again, and tell what was changed", watchPages},
		{"search", "QUERY", "find statements in the archive, the newest first", search},
		{"claims", "[QUERY]", "list claims, those spoken of last first", listClaims},
		{"claim", "CLAIM", "show who affirms a claim and who denies it", showClaim},
		{"new", "", "list what was disputed lately", showNews},
		{"trace", "CLAIM", "show what a claim rests on, down to each first source", trace},
		{"party", "[list|alias|merge|split|undo] NAME…", "tell what somebody said, list who speaks, decide who is one", party},
		{"log", "", "list what happened to the archive", showLog},
		{"stats", "", "count what the archive holds, and what failed", stats},
		{"verify", "", "recompute the archive and find what was altered", verify},
		{"checkpoint", "", "print what the archive commits to, signed", checkpoint},
		{"rebuild", "", "make the index anew from what is preserved", rebuild},
		{"serve", "", "open the workspace in a browser", serve},
		{"demo", "", "read the articles that come with the program", demo},
		{"eval", "GOLD.jsonl…", "measure reading against annotated documents", evaluate},
		{"train", "GOLD…", "learn a language's weights from annotated documents", teach},
		{"help", "[COMMAND]", "tell how a command is used", help},
		{"version", "", "print the version", version},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, system(), os.Args[1:])
	stop()
	os.Exit(code)
}

// run does what the arguments ask for and returns the exit code.
func run(ctx context.Context, e *env, args []string) int {
	name := "help"
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	if name == "-h" || name == "--help" {
		name = "help"
	}
	for _, c := range commands() {
		if c.name == name {
			return e.exit(c.run(ctx, e, args))
		}
	}
	return e.exit(usagef("no command %q", name))
}
