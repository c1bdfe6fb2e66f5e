package config_test

import (
	"testing"

	"powerdesk/bot/config"
	"powerdesk/flows/county"
)

func sample(t *testing.T) county.County {
	t.Helper()
	c, problems := config.ReadDesk("wuqiao.yaml", config.Sample(), today)
	if len(problems) > 0 {
		t.Fatalf("the sample has problems:\n%s", problems)
	}
	return c
}

// The towns are those of DOMAIN §7; everything below them is invented and has
// to say so.
func TestSampleIsMarkedAsInvented(t *testing.T) {
	t.Parallel()
	c := sample(t)
	if len(c.Towns) != 10 || len(c.Stations) != 10 || len(c.Roster) != 25 {
		t.Errorf("%d towns, %d stations, %d people; want 10, 10, 25", len(c.Towns), len(c.Stations), len(c.Roster))
	}
	for _, town := range c.Towns {
		if n := len(town.Communities); n < 3 || n > 6 {
			t.Errorf("%s has %d communities, want 3 to 6", town.ID, n)
		}
		for _, m := range town.Communities {
			if !m.Example {
				t.Errorf("community %s is not marked", m.ID)
			}
		}
	}
	for _, s := range c.Stations {
		if !s.Example {
			t.Errorf("station %s is not marked", s.ID)
		}
	}
	for _, p := range c.Points {
		if !p.Example {
			t.Errorf("contact point %s is not marked", p.ID)
		}
	}
	for _, o := range c.Outlets {
		if !o.Example {
			t.Errorf("outlet %s is not marked", o.Name.ZH)
		}
	}
	for _, m := range c.Roster {
		if !m.Example || m.ID != 0 {
			t.Errorf("%s is not marked, or has somebody's Telegram id", m.Name)
		}
	}
	if c.Meters != (county.Meters{}) || c.Promise != "" || c.Chats != (county.Chats{}) {
		t.Error("the sample claims what only the company knows")
	}
}

func TestSampleDistances(t *testing.T) {
	t.Parallel()
	c := sample(t)
	seat := county.Pin{Lat: 37.63, Lon: 116.39}
	for _, town := range c.Towns {
		middle := town.Communities[0].Pin
		for _, m := range town.Communities {
			if km := m.Pin.Km(middle); km > 3 {
				t.Errorf("%s lies %.1f km from the rest of %s", m.ID, km, town.ID)
			}
			if km := m.Pin.Km(seat); km > 25 {
				t.Errorf("%s lies %.1f km from the county seat", m.ID, km)
			}
		}
	}
}

// Every name in the sample leads to its place, however it is written, and a
// name that two villages share to both.
func TestSampleNamesAreFound(t *testing.T) {
	t.Parallel()
	c := sample(t)
	leadsTo := func(text string, want county.Place) {
		for _, p := range c.Find(text) {
			if p.Town == want.Town && p.Community == want.Community {
				return
			}
		}
		t.Errorf("Find(%q) = %+v, want %+v", text, c.Find(text), want)
	}
	for _, town := range c.Towns {
		for _, name := range append([]string{town.Name.ZH, town.Name.EN}, town.Aliases...) {
			leadsTo(name, county.Place{Town: town.ID})
		}
		for _, m := range town.Communities {
			place := county.Place{Town: town.ID, Community: m.ID}
			for _, name := range append([]string{m.Name.ZH, m.Name.EN}, m.Aliases...) {
				leadsTo(name, place)
				leadsTo(town.Name.ZH+name+"3号", place)
			}
		}
	}
}

func TestSampleHolidays(t *testing.T) {
	t.Parallel()
	off, worked := 0, 0
	for _, h := range sample(t).Holidays {
		if h.Work {
			worked++
		} else {
			off++
		}
	}
	// The notice of 2025-11-04 gives 33 days off and 6 worked weekend days; 39
	// rows, as DOMAIN §6.3 counts them.
	if off != 33 || worked != 6 {
		t.Errorf("%d days off, %d worked; want 33 and 6", off, worked)
	}
}

// Nobody can change the sample for everybody else.
func TestSampleIsACopy(t *testing.T) {
	t.Parallel()
	config.Sample()[0] = '!'
	if config.Sample()[0] == '!' {
		t.Error("a change to one copy is seen in the next")
	}
}
