package desk_test

import (
	"strings"
	"testing"

	"powerdesk/flows/county"
	"powerdesk/flows/desk"
	"powerdesk/flows/talk"
	"powerdesk/flows/text"
	"powerdesk/flows/words"
)

// What the county says of its meters is said to residents, and what it does not
// say is not claimed.
func TestMeterFactsAreSaidWhereTheyAreKnown(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		step, key string
		args      words.Args
	}{
		{"topup/warned", "topup.warned.below", words.Args{"Yuan": 50}},
		{"topup/reserve", "topup.reserve.worth", words.Args{"Yuan": 20}},
		{"topup/buy", "topup.buy.online", nil},
	} {
		for _, l := range words.Langs {
			says := func(m county.Meters) string {
				c := countyIn(l)
				c.Meters = m
				d := desk.New(c)
				return look(t, d, empty(d, l, tt.step)).Text
			}
			fact := words.Say(l, tt.key, tt.args)
			if said := says(county.Meters{Alarm: 50, Overdraft: 20, Online: true}); !strings.Contains(said, fact) {
				t.Errorf("%s does not say %q: %s", tt.step, fact, said)
			}
			if said := says(county.Meters{}); strings.Contains(said, fact) || strings.Contains(said, " 0 ") {
				t.Errorf("%s claims what nobody said: %s", tt.step, said)
			}
		}
	}
}

// Where all homes of a place have the same meter, nobody is asked which it is.
func TestTheMetersOfAPlaceAreNotAskedFor(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ meter, outage, topup string }{
		{"", "outage/card", "topup/kind"},
		{"slot", "outage/insert", "topup/bought"},
		{"slotless", "outage/remote", "topup/remote"},
	} {
		c := countyIn(words.ZH)
		c.Towns[0].Communities[0].Meter = tt.meter
		d := desk.New(c)
		home := county.Place{Town: c.Towns[0].ID, Community: c.Towns[0].Communities[0].ID}
		from := func(step string) talk.State {
			s := empty(d, words.ZH, step)
			s.Session.Place, s.Session.Home.Place = home, home
			return s
		}
		if got := strings.TrimSpace(leads(t, d, from("outage/meter"), words.Plain(words.ZH, "outage.meter.yes", nil), words.ZH)); got != tt.outage {
			t.Errorf("a dark home with %q meters is led to %s, want %s", tt.meter, got, tt.outage)
		}
		if got := strings.TrimSpace(leads(t, d, from("topup/shows"), words.Plain(words.ZH, "topup.shows.cut", nil), words.ZH)); got != tt.topup {
			t.Errorf("an empty card with %q meters is led to %s, want %s", tt.meter, got, tt.topup)
		}
	}
}

// Every code of the table can be chosen with buttons, and leads where it leads
// when it is typed.
func TestEveryCodeCanBeChosen(t *testing.T) {
	t.Parallel()
	d := desk.New(countyIn(words.ZH))
	chosen := map[string]bool{}
	for _, part := range []string{"from01", "from10", "from21", "from51"} {
		at := func() talk.State {
			s := empty(d, words.ZH, "topup/codes")
			s.Session.Answers = map[string]string{"topup/number": part}
			return s
		}
		keys := ownKeys(look(t, d, at()), words.ZH)
		if len(keys) > 9 {
			t.Errorf("%d numbers on one screen", len(keys)-1)
		}
		for _, code := range keys[:len(keys)-1] { // the last is "none of these"
			chosen[code] = true
			typed := leads(t, d, empty(d, words.ZH, "topup/code"), "Err-"+code, words.ZH)
			if got := leads(t, d, at(), code, words.ZH); got != typed {
				t.Errorf("%s leads to %s when it is chosen and to %s when it is typed", code, got, typed)
			}
		}
	}
	for _, code := range text.MeterCodes() {
		if !chosen[code] {
			t.Errorf("%s cannot be chosen", code)
		}
	}
}
