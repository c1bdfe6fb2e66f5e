package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"time"
)

//go:embed try
var tryFiles embed.FS

// contentTypes names the type of every kind of file the page consists of. They
// stand here because the operating system's own table may be wrong, and with
// nosniff a script of a wrong type is not run.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
}

// asset is one file of the page, ready to be served.
type asset struct {
	body        []byte
	contentType string
	etag        string
}

// pageFiles returns the files of the try-it page by route. It panics when one
// cannot be read or has no known type, which no build that passed its tests can do.
func pageFiles() map[string]asset {
	files := map[string]asset{}
	err := fs.WalkDir(tryFiles, "try", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := tryFiles.ReadFile(name)
		if err != nil {
			return err
		}
		contentType := contentTypes[path.Ext(name)]
		if contentType == "" {
			return fmt.Errorf("no content type known for %s", name)
		}
		files["/"+path.Base(name)] = asset{body, contentType, fmt.Sprintf(`"%x"`, sha256.Sum256(body))}
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("web: reading the embedded page: %v", err))
	}
	files["/{$}"] = files["/index.html"]
	return files
}

// ServeHTTP answers with the file. Browsers ask again each time and get 304
// while the file is unchanged, so that a new build never meets half of an old page.
func (a asset) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", a.contentType)
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", a.etag)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(a.body))
}
