package config_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"powerdesk/bot/config"
)

const hidden = "123456:hidden-value"

// A secret in every place where one may get into print: bare, behind a pointer,
// and deep in a struct whose fields fmt reads without asking.
func TestSecretIsNeverPrinted(t *testing.T) {
	t.Parallel()
	type inner struct{ secret config.Secret }
	type outer struct {
		Token config.Secret
		inner inner
		all   []config.Secret
		named map[string]config.Secret
	}
	s := config.NewSecret(hidden)
	o := outer{s, inner{s}, []config.Secret{s}, map[string]config.Secret{"token": s}}
	var out []string
	for _, v := range []any{s, &s, o, &o, []any{s, o}, config.Config{Token: s}, config.Env{Token: s}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%p", "%T", "%10v", "%-10s"} {
			out = append(out, fmt.Sprintf(verb, v))
		}
		out = append(out, fmt.Sprint(v), fmt.Sprintln(v), fmt.Errorf("sending %v: %w", v, errors.New("x")).Error())
		j, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		y, err := yaml.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var logged bytes.Buffer
		slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "v", v)
		slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "v", v)
		out = append(out, string(j), string(y), logged.String())
	}
	hex := fmt.Sprintf("%x", hidden)
	for _, text := range out {
		if strings.Contains(text, hidden) || strings.Contains(text, "hidden-value") || strings.Contains(strings.ToLower(text), hex) {
			t.Errorf("the secret shows in %s", text)
		}
	}
	if got := fmt.Sprintf("%#v", s); got != "***" {
		t.Errorf("%%#v = %s, want ***", got)
	}
}

func TestSecretReveals(t *testing.T) {
	t.Parallel()
	s := config.NewSecret(hidden)
	if s.Reveal() != hidden || !s.Set() || !s.Equal(config.NewSecret(hidden)) || s.Equal(config.Secret{}) {
		t.Error("the secret is not what was put in")
	}
	var none config.Secret
	if none.Reveal() != "" || none.Set() || config.NewSecret("").Set() || none.String() != "" {
		t.Error("the zero secret is set")
	}
}
