package telegram

import (
	"fmt"
	"io"
	"regexp"
	"strings"
)

// Token is a bot token. It prints as *** whichever verb, handler or encoder is
// used, so a struct that holds one may be logged.
type Token string

// hidden is what stands where a token stood.
const hidden = "***"

// Format prints the token as ***.
func (Token) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, hidden) }

// MarshalText encodes the token as ***.
func (Token) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// tokenForm is the form of a token. Everything in it may stand in a URL as it
// is, so no spelling of a valid token can break out of the path.
var tokenForm = regexp.MustCompile(`^[0-9]{1,20}:[A-Za-z0-9_-]{1,100}$`)

// Bot is the id of the token's bot, "" of none.
func (t Token) Bot() string {
	id, _, _ := strings.Cut(string(t), ":")
	return id
}

// secretLength is the shortest secret half that is masked on its own. Real ones
// have 35 characters; the short word of a demo token would blot out other words.
const secretLength = 16

// Mask returns a function that replaces the token by ***. The half after the
// colon is masked on its own too, since that is the secret and since encoders
// may change the colon.
func Mask(token string) func(string) string { return replacer(token).Replace }

// MaskWriter wraps the writer of a log, such as the one below a slog handler,
// and masks the token in everything that passes: messages, attributes, and
// errors of whatever origin. A record must arrive in one Write, as slog's do.
func MaskWriter(w io.Writer, token string) io.Writer {
	return maskWriter{to: w, mask: replacer(token)}
}

func replacer(token string) *strings.Replacer {
	if token == "" {
		return strings.NewReplacer()
	}
	pairs := []string{token, hidden}
	if _, secret, ok := strings.Cut(token, ":"); ok && len(secret) >= secretLength {
		pairs = append(pairs, secret, hidden)
	}
	return strings.NewReplacer(pairs...)
}

type maskWriter struct {
	to   io.Writer
	mask *strings.Replacer
}

// Write reports the length it was given, whatever the masked length is: the
// caller counts its own bytes.
func (w maskWriter) Write(p []byte) (int, error) {
	if _, err := w.mask.WriteString(w.to, string(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}
