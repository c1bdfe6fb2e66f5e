package demo

import (
	"bytes"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

// upload makes a call with files, each of them name and content.
func (w *world) upload(t *testing.T, method string, fields, files map[string]string) answer {
	t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	for name, value := range fields {
		try(t, parts.WriteField(name, value))
	}
	for name, content := range files {
		part := must[io.Writer](t)(parts.CreateFormFile(name, name+".bin"))
		must[int](t)(io.WriteString(part, content))
	}
	try(t, parts.Close())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.http.URL+"/bot"+token+"/"+method, &body)
	try(t, err)
	req.Header.Set("Content-Type", parts.FormDataContentType())
	return must[answer](t)(do(req))
}

func TestFilesGoUpAndDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	picture := string(meterLarge)
	var m wireMessage
	w.upload(t, "sendPhoto", map[string]string{"chat_id": "11", "caption": "<i>chart</i>", "parse_mode": "HTML"}, map[string]string{"photo": picture}).into(t, &m)
	if len(m.Photo) != 1 || m.Photo[0].Width != 320 || m.Photo[0].Height != 400 || m.Photo[0].Size != len(picture) {
		t.Fatalf("got %+v", m.Photo)
	}
	var f filePaths
	w.send(t, "getFile", "file_id", m.Photo[0].FileID).into(t, &f)
	resp, err := http.Get(w.http.URL + "/file/bot" + token + "/" + f.Path)
	try(t, err)
	defer func() { _ = resp.Body.Close() }()
	if got := must[[]byte](t)(io.ReadAll(resp.Body)); string(got) != picture {
		t.Errorf("got %d bytes, want the %d that went up", len(got), len(picture))
	}

	var again wireMessage
	w.send(t, "sendPhoto", "chat_id", "-100", "photo", m.Photo[0].FileID).into(t, &again)
	if again.Photo[0] != m.Photo[0] {
		t.Errorf("by its id: got %+v, want %+v", again.Photo[0], m.Photo[0])
	}
	if seen := must[[]Message](t)(w.Messages(wang))[0]; seen.Kind != "photo" || seen.HTML != "<i>chart</i>" || !strings.HasPrefix(seen.File, "/try/file/") {
		t.Errorf("got %+v", seen)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must[int](t)(w.As(wang).SendVoice(wang, 3))
	voice := must[[]Message](t)(w.Messages(wang))[0].FileID
	for _, c := range []struct {
		name, method string
		fields       map[string]string
		files        map[string]string
		want         string
	}{
		{"no picture", "sendPhoto", nil, map[string]string{"photo": "just words"}, "Bad Request: IMAGE_PROCESS_FAILED"},
		{"empty", "sendDocument", nil, map[string]string{"document": ""}, "Bad Request: file must be non-empty"},
		{"nothing", "sendVideo", nil, nil, "Bad Request: there is no video in the request"},
		{"unknown id", "sendVoice", map[string]string{"voice": "AgACzzz"}, nil, "Bad Request: wrong file identifier/HTTP URL specified"},
		{"id of another kind", "sendPhoto", map[string]string{"photo": voice}, nil, "Bad Request: can't use file of type voice as photo"},
		{"from elsewhere", "sendPhoto", map[string]string{"photo": "https://example.com/a.png"}, nil, "Bad Request: failed to get HTTP URL content"},
		{"attached but missing", "sendPhoto", map[string]string{"photo": "attach://a"}, nil, `Bad Request: file with the name "a" not found in the request`},
		{"over-long caption", "sendVoice", map[string]string{"voice": voice, "caption": strings.Repeat("电", 1025)}, nil, "Bad Request: message caption is too long"},
		{"longest caption", "sendVoice", map[string]string{"voice": voice, "caption": strings.Repeat("电", 1024)}, nil, ""},
		{"as a document", "sendDocument", map[string]string{"document": voice}, nil, ""},
		{"one alone is no album", "sendMediaGroup", map[string]string{"media": `[{"type":"photo","media":"x"}]`}, nil, "Bad Request: media must include 2-10 items"},
		{"voice is no album", "sendMediaGroup", map[string]string{"media": `[{"type":"voice","media":"x"},{"type":"voice","media":"x"}]`}, nil, "Bad Request: can't parse InputMedia: type must be one of photo, video, document"},
		{"broken album", "sendMediaGroup", map[string]string{"media": `[{`}, nil, "Bad Request: can't parse media JSON object"},
		{"unknown file", "getFile", map[string]string{"file_id": "AgACzzz"}, nil, "Bad Request: wrong file_id or the file is temporarily unavailable"},
		{"no file", "getFile", nil, nil, "Bad Request: file_id not specified"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			fields := map[string]string{"chat_id": "11"}
			for name, value := range c.fields {
				fields[name] = value
			}
			if got := w.upload(t, c.method, fields, c.files); got.Text != c.want {
				t.Errorf("got %q, want %q", got.Text, c.want)
			}
		})
	}
}

func TestAlbumIsSentWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	picture := string(meterSmall)
	var album []wireMessage
	w.upload(t, "sendMediaGroup", map[string]string{
		"chat_id": "11", "media": `[{"type":"photo","media":"attach://a","caption":"<b>A</b>","parse_mode":"HTML"},{"type":"document","media":"attach://b"}]`,
	}, map[string]string{"a": picture, "b": "words"}).into(t, &album)
	if len(album) != 2 || album[0].MediaGroup == "" || album[0].MediaGroup != album[1].MediaGroup || album[0].Caption != "A" || album[1].Document.Name != "b.bin" {
		t.Errorf("got %+v", album)
	}
	refused := w.upload(t, "sendMediaGroup", map[string]string{
		"chat_id": "11", "media": `[{"type":"photo","media":"attach://a"},{"type":"photo","media":"attach://b"}]`,
	}, map[string]string{"a": picture})
	if refused.OK || len(must[[]Message](t)(w.Messages(wang))) != 2 {
		t.Errorf("got %+v, want nothing sent", refused)
	}
}

func TestOldestFilesGoFirst(t *testing.T) {
	t.Parallel()
	s := files{byName: make(map[string]*file)}
	big := make([]byte, 30<<20)
	first := s.add(file{kind: "document", data: big})
	second := s.add(file{kind: "document", data: big})
	third := s.add(file{kind: "document", data: big})
	if s.byName[first.wire.FileID] != nil || s.byName[first.path] != nil || s.byName[second.wire.FileID] == nil || s.byName[third.path] == nil {
		t.Errorf("got %d files, want the first forgotten", len(s.order))
	}
}

func TestSamplePicture(t *testing.T) {
	t.Parallel()
	img, err := png.Decode(bytes.NewReader(meterLarge))
	try(t, err)
	if r, g, b, _ := img.At(55*4, 52*4).RGBA(); r>>8 != 0xff || g>>8 != 0xc8 || b>>8 != 0x14 {
		t.Errorf("the lamp is %x %x %x, want yellow", r>>8, g>>8, b>>8)
	}
}
