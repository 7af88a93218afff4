package warc

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
)

// checkDigest compares a digest as records have them, sha1:BASE32 or
// sha256:HEX, with bytes of which one must have it. It returns what there is to
// tell: that none has, or that it cannot be checked.
func checkDigest(what, stated string, any ...[]byte) (note string) {
	if stated == "" {
		return ""
	}
	name, value, _ := strings.Cut(stated, ":")
	h := hashOf(strings.ToLower(name))
	if h == nil {
		return fmt.Sprintf("%s digest %s is of a kind that is not checked", what, quote(stated))
	}
	inURL := strings.NewReplacer("+", "-", "/", "_", "=", "")
	found := ""
	for _, p := range any {
		h.Reset()
		h.Write(p)
		sum := h.Sum(nil)
		found = base32.StdEncoding.EncodeToString(sum)
		if strings.EqualFold(value, found) || strings.EqualFold(value, hex.EncodeToString(sum)) ||
			inURL.Replace(value) == base64.RawURLEncoding.EncodeToString(sum) {
			return ""
		}
	}
	return fmt.Sprintf("wrong %s digest: the record says %s, its bytes have %s:%s", what, quote(stated), strings.ToLower(name), found)
}

// hashOf knows the kinds of digests that archives have; weak ones are there to
// be compared, not to be relied on.
func hashOf(name string) hash.Hash {
	switch name {
	case "sha1", "sha-1":
		return sha1.New()
	case "sha256", "sha-256":
		return sha256.New()
	case "sha512", "sha-512":
		return sha512.New()
	case "md5":
		return md5.New()
	}
	return nil
}
