package words

// Lang is a language of the desk.
type Lang string

// The languages. Chinese is the default: the county's residents read it.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// Langs lists the languages in the order in which they are offered.
var Langs = []Lang{ZH, EN}

// Text is a name or sentence of the desk file in both languages.
type Text struct {
	ZH string `yaml:"zh"`
	EN string `yaml:"en"`
}

// In gives the text in the language, and the Chinese one when there is no
// other: place names are often known in Chinese only.
func (t Text) In(l Lang) string {
	if l == EN && t.EN != "" {
		return t.EN
	}
	return t.ZH
}

// Args are the blanks of a sentence by name. Values are escaped for Telegram's
// HTML; an HTML value is put in as it is.
type Args map[string]any

// HTML is text that is already Telegram's HTML.
type HTML string
