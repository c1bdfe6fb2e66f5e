package config

import (
	"slices"

	"powerdesk/flows/county"
	"powerdesk/flows/text"
)

var areas = []string{string(county.Urban), string(county.Rural), string(county.Remote)}

// area reads the class of a place; it must have a usual arrival time.
func (d *desk) area(v value) county.Area {
	area := county.Area(v.oneOf(areas...))
	if slices.Contains(areas, string(area)) {
		d.later = append(d.later, func() {
			if _, ok := d.county.Promises[area]; !ok {
				v.wrong("write it below arrival", "%s has no usual arrival time", area)
			}
		})
	}
	return area
}

// arrival reads the usual minutes to arrival (DOMAIN §2.1).
func (d *desk) arrival(v value) {
	d.county.Promises = make(map[county.Area]county.Arrival)
	last := 0
	v.fields(func(f *fields) {
		for _, area := range areas {
			minutes := f.get(area)
			if minutes.missing() {
				continue
			}
			n := minutes.between(1, 24*60)
			if n < last {
				minutes.doubtful("check both", "%s is quicker than the area before it", area)
			}
			d.county.Promises[county.Area(area)] = county.Arrival{Minutes: n}
			last = n
		}
	})
}

func (d *desk) station(f *fields, s *county.Station) {
	id := f.need("id", "an id such as sangyuan")
	s.ID = id.id()
	d.unique("station id", s.ID, id)
	s.Name = f.need("name", "{zh: 桑园供电所, en: Sangyuan Supply Station}").label()
	s.Phone = f.get("phone").phone()
	s.Example = f.get("example").boolean()
}

func (d *desk) town(f *fields, t *county.Town) {
	id, name := f.need("id", "an id such as sangyuan"), f.need("name", "{zh: 桑园镇, en: Sangyuan Town}")
	t.ID, t.Name = id.id(), name.sentence()
	d.unique("town id", t.ID, id)
	d.unique("town", text.Fold(t.Name.ZH), name)
	t.Aliases = list(f.get("aliases"), "an alias", value.str)
	t.Area = d.area(f.need("area", "urban, rural or remote"))
	t.Meter = d.meterKind(f.get("meter"))
	station := f.need("station", "the id of its supply station")
	t.Station = station.id()
	d.later = append(d.later, func() { d.knownStation(station, t.Station) })
	t.Communities = records(f.get("communities"), "a community", func(f *fields, m *county.Community) { d.community(f, m, t.ID) })
}

func (d *desk) knownStation(v value, id string) {
	known := names(d.county.Stations, func(s county.Station) string { return s.ID })
	if !v.missing() && !slices.Contains(known, id) {
		v.wrong(suggest(id, known), "%q is not a station of this file", id)
	}
}

// community reads a village or estate. Its id is unique in the county because
// the deep link on a poster names it alone, its name in its town.
func (d *desk) community(f *fields, m *county.Community, town string) {
	id, name := f.need("id", "an id such as hanlin"), f.need("name", "{zh: 翰林住宅小区, en: Hanlin Estate}")
	m.ID, m.Name = id.id(), name.label()
	d.unique("community id", m.ID, id)
	d.unique("community of "+town, text.Fold(m.Name.ZH), name)
	m.Aliases = list(f.get("aliases"), "an alias", value.str)
	if area := f.get("area"); !area.missing() {
		m.Area = d.area(area)
	}
	m.Meter = d.meterKind(f.get("meter"))
	m.Pin = d.pin(f)
	m.Example = f.get("example").boolean()
}

// pin reads a position: both numbers or none.
func (d *desk) pin(f *fields) (p county.Pin) {
	lat, lon := f.get("lat"), f.get("lon")
	if lat.missing() && lon.missing() {
		return p
	}
	if lat.missing() != lon.missing() {
		f.wrong("write both lat and lon, or neither", "%s has half a position", f.name)
		return p
	}
	var okLat, okLon bool
	p.Lat, okLat = lat.degrees(90, "write the latitude as lat and the longitude as lon")
	p.Lon, okLon = lon.degrees(180, "write the longitude as lon")
	if okLat && okLon {
		d.pins = append(d.pins, pinned{p, lat})
	}
	return p
}

// pinned is a position and where it stands in the file.
type pinned struct {
	county.Pin
	at value
}

// spread is how far a community may lie from the middle of the others before it
// looks like a slip of the pen: a county of the size of Wuqiao measures about 30
// km across (DOMAIN §7). In kilometres.
const spread = 60

// distances doubts positions far from all others: one wrong digit of a degree
// is ten to a hundred kilometres.
func (d *desk) distances() {
	if len(d.pins) < 3 {
		return
	}
	var lats, lons []float64
	for _, p := range d.pins {
		lats, lons = append(lats, p.Lat), append(lons, p.Lon)
	}
	slices.Sort(lats)
	slices.Sort(lons)
	middle := county.Pin{Lat: lats[len(lats)/2], Lon: lons[len(lons)/2]}
	for _, p := range d.pins {
		if km := p.Km(middle); km > spread {
			p.at.doubtful("check lat and lon", "the position is %.0f km from the middle of the others", km)
		}
	}
}

func (d *desk) point(f *fields, p *county.Point) {
	id := f.need("id", "an id such as hanlin")
	p.ID = id.id()
	d.unique("contact point id", p.ID, id)
	p.Name = f.need("name", "{zh: 翰林小区联系点, en: Hanlin contact point}").label()
	town := f.need("town", "the id of its town")
	p.Town = town.id()
	communities := list(f.get("communities"), "a community", func(v value) value { return v })
	p.Communities = names(communities, value.id)
	d.later = append(d.later, func() { d.knownPlaces(town, communities, *p) })
	p.Who = f.need("who", "the name of the person there").str()
	p.Phone = f.need("phone", "the person's phone").phone()
	p.Address = f.get("address").sentence()
	p.Hours = d.hours(f.get("hours"))
	p.Duties = f.get("duties").sentence()
	p.Promises = f.get("promises").sentence()
	p.Example = f.get("example").boolean()
}

// knownPlaces checks the town and the communities that a contact point serves.
func (d *desk) knownPlaces(town value, communities []value, p county.Point) {
	t, ok := d.county.Town(p.Town)
	if !ok {
		if !town.missing() {
			known := names(d.county.Towns, func(t county.Town) string { return t.ID })
			town.wrong(suggest(p.Town, known), "%q is not a town of this file", p.Town)
		}
		return
	}
	known := names(t.Communities, func(m county.Community) string { return m.ID })
	for i, v := range communities {
		if id := p.Communities[i]; !slices.Contains(known, id) {
			v.wrong(suggest(id, known), "%q is not a community of %s", id, t.ID)
		}
	}
}

func (d *desk) outlet(f *fields, o *county.Outlet) {
	o.Name = f.need("name", "{zh: 服务大厅, en: Service hall}").label()
	o.Address = f.need("address", "{zh: …, en: …}").sentence()
	o.Phone = f.get("phone").phone()
	o.Hours = d.hours(f.need("hours", `{days: Mon-Sun, open: ["08:00-18:00"]}`))
	o.Example = f.get("example").boolean()
}
