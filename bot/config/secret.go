package config

import (
	"fmt"
	"io"
	"log/slog"
	"net/url"
)

// Secret is a token or password, or a URL that may hold one. However it is
// printed, encoded or logged, it shows "***" (a URL: with its host). The zero
// Secret is not set and shows nothing.
type Secret struct {
	// The value stands behind a function because fmt, and whatever else walks
	// values by reflection, ignores methods inside unexported fields: a function
	// is printed as an address.
	reveal func() string
	shown  string
}

// mask is what a Secret shows instead of its value.
const mask = "***"

// NewSecret hides a value; the empty one gives the zero Secret.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{reveal: func() string { return value }, shown: mask}
}

// secretURL hides a URL except for scheme, host and path, which an operator
// needs to see and which are no secret.
func secretURL(value string) Secret {
	s := NewSecret(value)
	u, err := url.Parse(value)
	if err != nil || u.Host == "" {
		return s
	}
	s.shown = u.Scheme + "://"
	if u.User != nil {
		s.shown += mask + "@"
	}
	s.shown += u.Host + u.EscapedPath()
	if u.RawQuery != "" {
		s.shown += "?" + mask
	}
	return s
}

// Reveal gives the value, to hand it to the one library that needs it.
func (s Secret) Reveal() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// Set says whether there is a value.
func (s Secret) Set() bool { return s.reveal != nil }

// Equal compares the values.
func (s Secret) Equal(o Secret) bool { return s.Reveal() == o.Reveal() }

// String shows what may be seen of the secret.
func (s Secret) String() string { return s.shown }

// Format shows the same under every verb, %#v and %x included.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.shown) }

// LogValue shows the same in a log.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.shown) }

// MarshalText shows the same in JSON and YAML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.shown), nil }

// UnmarshalText takes the value from the environment.
func (s *Secret) UnmarshalText(value []byte) error {
	*s = NewSecret(string(value))
	return nil
}
