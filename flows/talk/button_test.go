package talk_test

import (
	"testing"

	"powerdesk/flows/talk"
)

func TestButton(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, data string
		want       talk.Button
	}{
		{"a claim", "1|1123-07|claim|0|", talk.Button{Job: "1123-07", Action: "claim"}},
		{"with a choice", "1|1123-07|cause|12|fuse", talk.Button{Job: "1123-07", Action: "cause", Epoch: 12, Arg: "fuse"}},
		{"nothing", "", talk.Button{}},
		{"another version", "2|1123-07|claim|0|", talk.Button{}},
		{"too few parts", "1|1123-07|claim|0", talk.Button{}},
		{"too many parts", "1|1123-07|claim|0|a|b", talk.Button{}},
		{"no job", "1||claim|0|", talk.Button{}},
		{"no action", "1|1123-07||0|", talk.Button{}},
		{"no number", "1|1123-07|claim|x|", talk.Button{}},
		{"a negative number", "1|1123-07|claim|-1|", talk.Button{}},
		{"a number in another writing", "1|1123-07|claim|+1|", talk.Button{}},
		{"too long", "1|1123-07|claim|0|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", talk.Button{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := talk.ParseButton(tt.data); got != tt.want {
				t.Errorf("ParseButton(%q) = %+v, want %+v", tt.data, got, tt.want)
			}
		})
	}
}

// Callback data comes from the client: what is read is exactly what Data writes,
// or nothing.
func FuzzParseButton(f *testing.F) {
	for _, data := range []string{"1|1123-07|claim|0|", "1|1123-07|cause|12|fuse", "2|x|y|0|", "|||||", "1|a|b|007|", "1|a|b|+1|", ""} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data string) {
		b := talk.ParseButton(data)
		if b == (talk.Button{}) {
			return
		}
		if got := b.Data(); got != data || len(got) > 64 {
			t.Errorf("ParseButton(%q) = %+v, which is written %q", data, b, got)
		}
	})
}
