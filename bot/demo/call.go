package demo

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// bodyLimit bounds a request in bytes. Telegram takes uploads up to 50 MB; the desk's largest is a spreadsheet, and all of it is held in memory.
const bodyLimit = 20 << 20

// upload is one file of a multipart request.
type upload struct {
	name string
	data []byte
}

// call is one request to the Bot API: the method as Telegram spells it, and its parameters as strings, JSON objects included.
type call struct {
	method string
	params map[string]string
	files  map[string]upload
}

func (c *call) str(name string) string { return c.params[name] }

// int64 reads a number, 0 when it is absent or is none.
func (c *call) int64(name string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(c.params[name]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (c *call) int(name string) int { return int(c.int64(name)) }

// flag reads a boolean by Telegram's rule: "true", "yes" and "1" are true, all else is false.
func (c *call) flag(name string) bool {
	switch strings.ToLower(strings.TrimSpace(c.params[name])) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// object decodes a JSON parameter into out; absent, empty and null leave out alone and report false.
func (c *call) object(name string, out any) (bool, error) {
	raw := strings.TrimSpace(c.params[name])
	if raw == "" || raw == "null" {
		return false, nil
	}
	return true, json.Unmarshal([]byte(raw), out)
}

// readCall gathers the parameters of a request from its query and its body, whichever of the four forms Telegram allows the body has.
func readCall(w http.ResponseWriter, r *http.Request) (*call, *apiError) {
	c := &call{params: make(map[string]string, 8)}
	c.take(r.URL.Query())
	r.Body = http.MaxBytesReader(w, r.Body, bodyLimit)
	err := c.readBody(r)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, errTooLarge
	case err != nil:
		return nil, badRequest("can't parse request body")
	}
	for name, value := range c.params {
		if !utf8.ValidString(name) || !utf8.ValidString(value) {
			return nil, errEncoding
		}
	}
	return c, nil
}

func (c *call) take(values url.Values) {
	for name, all := range values {
		c.params[name] = all[0]
	}
}

func (c *call) readBody(r *http.Request) error {
	// A body that nobody named is none: Telegram ignores it too.
	kind, attrs, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/x-www-form-urlencoded":
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		values, err := url.ParseQuery(string(body))
		c.take(values)
		return err
	case "application/json":
		return c.readJSON(r.Body)
	case "multipart/form-data":
		return c.readMultipart(multipart.NewReader(r.Body, attrs["boundary"]))
	}
	return nil
}

// readJSON takes a JSON object; strings lose their quotes, everything else stays JSON text, which is what a form would have carried.
func (c *call) readJSON(body io.Reader) error {
	var fields map[string]json.RawMessage
	if err := json.NewDecoder(body).Decode(&fields); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	for name, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			c.params[name] = text
		} else {
			c.params[name] = string(raw)
		}
	}
	return nil
}

func (c *call) readMultipart(parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() == "" {
			c.params[part.FormName()] = string(data)
			continue
		}
		if c.files == nil {
			c.files = make(map[string]upload)
		}
		c.files[part.FormName()] = upload{name: part.FileName(), data: data}
	}
}

// float reads a decimal number and tells whether it is one.
func (c *call) float(name string) (float64, bool) {
	f, err := strconv.ParseFloat(strings.TrimSpace(c.params[name]), 64)
	return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
}
