package config_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"

	"powerdesk/bot/config"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		env  config.Env
		ok   bool
		want string
	}{
		{"good", config.Env{DeskFile: "testdata/valid.yaml"}, true,
			"ok: 示例县, 1 towns, 3 communities, 1 contact points, 3 people, 3 shifts, redis redis://127.0.0.1:6379/0, demo, no token\n"},
		{"bad", config.Env{LogFormat: "xml", SendRate: "x"}, false,
			"SEND_RATE: \"x\" is not a rate; write sends a second, such as 25\nLOG_FORMAT: \"xml\" is not a format; write one of: text, json\n"},
		{"doubtful", config.Env{DeskFile: "testdata/valid.yaml", SendRate: "40", Token: secret(hidden)}, true,
			"SEND_RATE: warning: Telegram takes about 30 sends a second; write 25\n" +
				"ok: 示例县, 1 towns, 3 communities, 1 contact points, 3 people, 3 shifts, redis redis://127.0.0.1:6379/0, token set, polling\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			if ok := config.Check(&out, tt.env, today); ok != tt.ok {
				t.Errorf("Check = %v, want %v", ok, tt.ok)
			}
			if diff := cmp.Diff(tt.want, out.String()); diff != "" {
				t.Errorf("output (-want +got):\n%s", diff)
			}
		})
	}
}
