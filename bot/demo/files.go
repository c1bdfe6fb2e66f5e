package demo

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif"  // so that the size of an uploaded picture can be read
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise
	"net/http"
	"path"
	"strconv"
	"strings"
)

// What the server keeps of files; the oldest go first. Both bound memory, Telegram has no such limit.
const (
	maxFiles     = 10_000
	maxFileBytes = 64 << 20
)

// maxDownload is the largest file that getFile hands out (Bot API, getFile).
const maxDownload = 20 << 20

// file is one stored file. Its id and its unique id are made from one number.
type file struct {
	kind string // the field of a message it goes into: "photo", "voice", "video", "document" or "sticker"
	path string // below /file/bot<token>/
	data []byte
	wire wireFile
}

// files finds a file by its id, its unique id (the page) and its path (downloads). It is guarded by the server's lock.
type files struct {
	byName map[string]*file
	order  []*file
	bytes  int
	last   int
}

// add stores a file and fills in its names and size.
func (s *files) add(f file) *file {
	s.last++
	number := strconv.Itoa(s.last)
	f.wire.FileID = "AgACAgUAAxkBAAI" + f.kind + number // opaque to bots; Telegram's are longer and just as meaningless
	f.wire.UniqueID = "AQAD" + number
	f.wire.Size = len(f.data)
	f.path = f.kind + "s/file_" + number + path.Ext(f.wire.Name)
	if f.kind == "photo" {
		f.wire.Name, f.wire.Mime = "", "" // a photo has neither
	}
	stored := &f
	for _, name := range []string{f.wire.FileID, f.wire.UniqueID, f.path} {
		s.byName[name] = stored
	}
	s.order = append(s.order, stored)
	s.bytes += len(f.data)
	for len(s.order) > maxFiles || s.bytes > maxFileBytes && len(s.order) > 1 {
		s.forgetOldest()
	}
	return stored
}

func (s *files) forgetOldest() {
	f := s.order[0]
	for _, name := range []string{f.wire.FileID, f.wire.UniqueID, f.path} {
		delete(s.byName, name)
	}
	s.order[0] = nil
	s.order = s.order[1:]
	s.bytes -= len(f.data)
}

// inputFile finds the file that a sending call names: an upload under the field's name or behind attach://, or the id of a file that is known.
func (t *Telegram) inputFile(c *call, kind, field, ref string) *file {
	part, uploaded := c.files[field]
	if name, ok := strings.CutPrefix(ref, "attach://"); ok {
		if part, uploaded = c.files[name]; !uploaded {
			refuse(badRequest("file with the name %q not found in the request", name))
		}
	}
	switch {
	case uploaded && len(part.data) == 0:
		refuse(badRequest("file must be non-empty"))
	case uploaded:
		return t.storeUpload(kind, part)
	case ref == "":
		refuse(badRequest("there is no %s in the request", kind))
	case strings.HasPrefix(ref, "http://") || strings.HasPrefix(ref, "https://"):
		refuse(badRequest("failed to get HTTP URL content"))
	}
	known := t.files.byName[ref]
	switch {
	case known == nil || known.wire.FileID != ref:
		refuse(badRequest("wrong file identifier/HTTP URL specified"))
	case known.kind != kind && kind != "document":
		refuse(badRequest("can't use file of type %s as %s", known.kind, kind))
	}
	return known
}

func (t *Telegram) storeUpload(kind string, part upload) *file {
	w := wireFile{Name: path.Base(part.name), Mime: http.DetectContentType(part.data)}
	if kind == "photo" {
		size, _, err := image.DecodeConfig(bytes.NewReader(part.data))
		if err != nil {
			refuse(badRequest("IMAGE_PROCESS_FAILED"))
		}
		w.Width, w.Height = size.Width, size.Height
	}
	return t.files.add(file{kind: kind, data: part.data, wire: w})
}

// attach puts a file into the field of a message that its kind belongs to.
func (m *wireMessage) attach(kind string, sizes ...wireFile) {
	last := sizes[len(sizes)-1]
	switch kind {
	case "photo":
		m.Photo = sizes
	case "voice":
		m.Voice = &last
	case "video":
		m.Video = &last
	case "document":
		m.Document = &last
	case "sticker":
		m.Sticker = &wireSticker{wireFile: last, Type: "regular", Emoji: "👍"}
	default:
		panic(fmt.Sprintf("no message has a %s", kind))
	}
}

func (t *Telegram) getFile(c *call) any {
	id := c.str("file_id")
	f := t.files.byName[id]
	switch {
	case id == "":
		refuse(badRequest("file_id not specified"))
	case f == nil || f.wire.FileID != id:
		refuse(badRequest("wrong file_id or the file is temporarily unavailable"))
	case len(f.data) > maxDownload:
		refuse(badRequest("file is too big"))
	}
	return map[string]any{"file_id": id, "file_unique_id": f.wire.UniqueID, "file_size": len(f.data), "file_path": f.path}
}

// serveFile answers /file/bot<token>/<path>.
func (t *Telegram) serveFile(w http.ResponseWriter, name string) {
	t.mu.Lock()
	f := t.files.byName[name]
	t.mu.Unlock()
	if f == nil || f.path != name {
		encode(nil, errNotFound).write(w)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(f.data) // the caller has gone: there is nobody left to tell
}
