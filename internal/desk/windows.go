package desk

import (
	"io"
	"iter"
	"strings"
	"unicode/utf8"
)

// windowBytes is the size of the windows that a long text is read in.
const windowBytes = 256 << 10

// windows cuts a text into pieces of at most size bytes that make the whole
// again. A cut is behind the last paragraph of a piece or, where that would
// leave less than half of it, the last line, sentence, word or rune.
func windows(r io.Reader, size int) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		buf := make([]byte, size)
		held := 0
		for {
			n, err := io.ReadFull(r, buf[held:])
			held += n
			if err == io.EOF || err == io.ErrUnexpectedEOF {
				if held > 0 {
					yield(string(buf[:held]), nil)
				}
				return
			}
			if err != nil {
				yield("", err)
				return
			}
			window := string(buf)
			cut := lastCut(window)
			if !yield(window[:cut], nil) {
				return
			}
			held = copy(buf, buf[cut:])
		}
	}
}

// lastCut is the best place to cut a full window.
func lastCut(window string) int {
	half := len(window) / 2
	for _, end := range []string{"\n\n", "\r\n\r\n", "\n", ". ", "؟ ", "! ", "? ", "… ", "، ", " "} {
		if i := strings.LastIndex(window, end); i >= half {
			return i + len(end)
		}
	}
	last := len(window) - 1
	for last > half && !utf8.RuneStart(window[last]) {
		last--
	}
	if utf8.FullRuneInString(window[last:]) {
		return len(window)
	}
	return last
}
