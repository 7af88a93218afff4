package archive

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/isnad/isnad/internal/fault"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is what an archive commits to: the size and root of its log.
type Checkpoint struct {
	Origin string // the name of the archive's key
	Size   int64
	Root   tlog.Hash
}

// Signer signs checkpoints with an archive's own Ed25519 key.
type Signer struct {
	signer note.Signer
	// Secret and Public are the key in the encodings of the note format.
	Secret, Public string
}

// NewSigner makes a key with a name that no other archive has.
func NewSigner() (*Signer, error) {
	var id [6]byte
	if _, err := rand.Read(id[:]); err != nil {
		return nil, fmt.Errorf("key of the archive: %w", err)
	}
	secret, public, err := note.GenerateKey(rand.Reader, "isnad/"+hex.EncodeToString(id[:]))
	if err != nil {
		return nil, fmt.Errorf("key of the archive: %w", err)
	}
	return OpenSigner(secret, public)
}

// OpenSigner takes up a key again.
func OpenSigner(secret, public string) (*Signer, error) {
	signer, err := note.NewSigner(secret)
	if err != nil {
		return nil, fmt.Errorf("key of the archive: %w", err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		return nil, fmt.Errorf("public key of the archive: %w", err)
	}
	if signer.KeyHash() != verifier.KeyHash() || signer.Name() != verifier.Name() {
		return nil, errors.New("the two halves of the archive's key do not belong together: one was altered")
	}
	return &Signer{signer, secret, public}, nil
}

// Sign writes the checkpoint of a tree as a signed note (C2SP tlog-checkpoint
// and signed-note).
func (s *Signer) Sign(size int64, root tlog.Hash) ([]byte, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", s.signer.Name(), size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, s.signer)
	if err != nil {
		return nil, fmt.Errorf("checkpoint: %w", err)
	}
	return signed, nil
}

// maxSizeDigits keeps a size within 63 bits.
const maxSizeDigits = 18

// ParseCheckpoint verifies a signed checkpoint with a public key and reads it.
// The error is of kind invalid input.
func ParseCheckpoint(signed []byte, key string) (Checkpoint, error) {
	bad := func(err error, hint string) (Checkpoint, error) {
		return Checkpoint{}, &fault.Error{Kind: fault.Invalid, Err: fmt.Errorf("checkpoint: %w", err), Hint: hint}
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return bad(err, "give the archive's public key")
	}
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return bad(err, "it was altered, or is of another archive")
	}
	lines := strings.SplitN(n.Text, "\n", 4) // more lines are extensions
	if len(lines) < 4 {
		return bad(errors.New("it has fewer than three lines"), "")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || len(lines[1]) > maxSizeDigits || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return bad(fmt.Errorf("%q is not a size", lines[1]), "")
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return bad(fmt.Errorf("root: %w", err), "")
	}
	if lines[0] != verifier.Name() {
		return bad(fmt.Errorf("it is of %q, the key of %q", lines[0], verifier.Name()), "")
	}
	return Checkpoint{lines[0], size, root}, nil
}

// Extends proves that the log still holds everything that an earlier
// checkpoint committed to, in the same order. The error, of kind conflict,
// says what is missing or that the past was rewritten.
func Extends(ctx context.Context, log Log, earlier Checkpoint) error {
	size, err := log.Size(ctx)
	if err != nil {
		return err
	}
	convict := func(format string, args ...any) error {
		return &fault.Error{
			Kind: fault.Conflict, Err: fmt.Errorf(format, args...),
			Hint: "keep both the archive and the checkpoint: together they are the proof",
		}
	}
	if size < earlier.Size {
		return convict("the log has %d entries, the checkpoint committed to %d: the last %d were removed", size, earlier.Size, earlier.Size-size)
	}
	if earlier.Size == 0 {
		return nil
	}
	hashes := Reader(ctx, log)
	root, err := tlog.TreeHash(size, hashes)
	if err != nil {
		return fmt.Errorf("tree of %d entries: %w", size, err)
	}
	proof, err := tlog.ProveTree(size, earlier.Size, hashes)
	if err != nil {
		return fmt.Errorf("proof from %d to %d entries: %w", earlier.Size, size, err)
	}
	if err := tlog.CheckTree(proof, size, root, earlier.Size, earlier.Root); err != nil {
		return convict("the first %d entries are not the ones that the checkpoint committed to: the log was rewritten", earlier.Size)
	}
	return nil
}

// Reader reads the hashes of a log for the functions of tlog.
func Reader(ctx context.Context, log Log) tlog.HashReader {
	return tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) { return log.Hashes(ctx, at) })
}
