package telegram

import (
	"strings"
	"time"

	"powerdesk/flows/county"
	"powerdesk/flows/job"
	"powerdesk/flows/talk"
	"powerdesk/flows/words"
)

var (
	wang = talk.Person{ID: resident, Name: "建国 王", Lang: words.ZH}
	ming = talk.Person{ID: volunteer, Name: "Li Ming", Lang: words.EN}
)

// private is what a message of the resident gives, group what one of the
// volunteer gives in a group; the rest is filled in by the case.
func private(e talk.Event) *Update {
	e.Chat = talk.Chat{ID: resident, Kind: talk.Private}
	if e.From.ID == 0 {
		e.From = wang
	}
	return &Update{Event: e}
}

func group(id int64, kind talk.ChatKind, e talk.Event) *Update {
	e.Chat = talk.Chat{ID: id, Kind: kind}
	if e.From.ID == 0 {
		e.From = ming
	}
	return &Update{Event: e}
}

func duty(e talk.Event) *Update { return group(dutyGroup, talk.Duty, e) }

// alien is a foreign group that has taken the name of ours.
func alien(e talk.Event) *Update { return group(lookalike, talk.Foreign, e) }

func attach(kind job.MediaKind, id string) *Update {
	return private(talk.Event{Kind: talk.Attach, Media: job.Attachment{Kind: kind, FileID: id}})
}

func written(text string) *Update { return private(talk.Event{Kind: talk.Text, Text: text}) }

func pressed(b talk.Button) talk.Event {
	return talk.Event{Kind: talk.Press, Press: b, Callback: "21508960001234567", At: testNow}
}

// decodings says what becomes of each file of testdata/update; nil is nothing.
// A zero At stands for the message's own date.
var decodings = map[string]*Update{
	"text":                       written("家里没电了，老人在家\n三里庄"),
	"text_full_width":            written("１２３ Ａ栋"),
	"text_forwarded_command":     written("/cancel"),
	"text_forwarded_old_api":     written("/cancel"),
	"text_reply_with_quote":      replying(412, written("还是没电")),
	"text_blank":                 written(""),
	"text_rtl_override":          written("abcgnp.exex ok"),
	"text_zalgo":                 written("h\u0301\u0302i"),
	"text_unnumbered":            written("单号 - 谢谢"),
	"text_lone_surrogate":        written("没\uFFFD电了\uFFFD"),
	"text_emoji_family":          written("一家 👨\u200d👩\u200d👧 都在"),
	"text_from_yesterday":        private(talk.Event{Kind: talk.Text, Text: "没电", At: testNow.Add(-23 * time.Hour)}),
	"text_too_old":               private(talk.Event{Kind: talk.Text, Text: "没电", At: testNow}),
	"text_from_the_future":       private(talk.Event{Kind: talk.Text, Text: "没电", At: testNow}),
	"text_date_zero":             private(talk.Event{Kind: talk.Text, Text: "没电", At: testNow}),
	"text_year_2106":             private(talk.Event{Kind: talk.Text, Text: "没电", At: testNow}),
	"text_duty_group":            duty(talk.Event{Kind: talk.Text, Text: "收到"}),
	"text_hall_group":            group(hallGroup, talk.Hall, talk.Event{Kind: talk.Text, Text: "好的"}),
	"text_leader_group":          group(headGroup, talk.Leader, talk.Event{Kind: talk.Text, Text: "好的"}),
	"text_lookalike_group":       alien(talk.Event{Kind: talk.Text, Text: "大家好"}),
	"name_only_invisible":        private(talk.Event{Kind: talk.Text, Text: "没电", From: talk.Person{ID: resident, Name: "#5678", Lang: words.ZH}}),
	"name_long_with_newline":     private(talk.Event{Kind: talk.Text, Text: "没电", From: talk.Person{ID: resident, Name: strings.Repeat("王", 32), Lang: words.ZH}}),
	"language_traditional":       written("沒電"),
	"language_english":           {Event: talk.Event{Kind: talk.Text, Text: "no light", Chat: talk.Chat{ID: volunteer, Kind: talk.Private}, From: ming}},
	"language_missing":           private(talk.Event{Kind: talk.Text, Text: "没电", From: talk.Person{ID: resident, Name: "王", Lang: words.ZH}}),
	"command":                    private(talk.Event{Kind: talk.Command, Command: "report"}),
	"command_start_payload":      private(talk.Event{Kind: talk.Command, Command: "start", Text: "place_sanlizhuang-3"}),
	"command_for_us":             duty(talk.Event{Kind: talk.Command, Command: "open", Text: "3"}),
	"command_for_another_bot":    nil,
	"command_forged_entity":      written("/🙂"),
	"command_not_at_start":       written("发 /start 试试"),
	"command_house_number":       written("/12号楼"),
	"photo":                      private(talk.Event{Kind: talk.Attach, Text: "电表 <b>E4</b>", Media: job.Attachment{Kind: job.Photo, FileID: "AgACAgUAAxk_x", Note: "电表 <b>E4</b>"}}),
	"photo_album":                private(talk.Event{Kind: talk.Attach, Media: job.Attachment{Kind: job.Photo, FileID: "AgACAgUAAxk_a1", Album: "13579246801234567"}}),
	"photo_without_sizes":        private(talk.Event{Kind: talk.Other}),
	"voice":                      attach(job.Voice, "AwACAgUAAxk_v"),
	"video":                      attach(job.Video, "BAACAgUAAxk_v"),
	"video_note":                 attach(job.Video, "video_note:DQACAgUAAxk_n"),
	"animation":                  attach(job.Video, "animation:CgACAgUAAxk_g"),
	"document":                   attach(job.Document, "BQACAgUAAxk_d"),
	"file_id_forged":             private(talk.Event{Kind: talk.Other}),
	"location":                   private(talk.Event{Kind: talk.Pinned, Pin: county.Pin{Lat: 37.627661, Lon: 116.391489}}),
	"venue":                      private(talk.Event{Kind: talk.Pinned, Pin: county.Pin{Lat: 37.627661, Lon: 116.391489}}),
	"location_off_the_earth":     private(talk.Event{Kind: talk.Other}),
	"contact_own":                private(talk.Event{Kind: talk.Contact, Phone: "+8613812345678"}),
	"contact_foreign":            private(talk.Event{Kind: talk.Contact, Phone: "+8613887654321", Foreign: true}),
	"contact_without_user":       private(talk.Event{Kind: talk.Contact, Phone: "031772712348", Foreign: true}),
	"contact_unreadable":         private(talk.Event{Kind: talk.Contact, Phone: "1234"}),
	"contact_abroad":             private(talk.Event{Kind: talk.Contact, Phone: "+447911123456"}),
	"sticker":                    private(talk.Event{Kind: talk.Other}),
	"dice":                       private(talk.Event{Kind: talk.Other}),
	"poll":                       private(talk.Event{Kind: talk.Other}),
	"something_new":              private(talk.Event{Kind: talk.Other}),
	"sticker_in_group":           nil,
	"edited":                     private(talk.Event{Kind: talk.Edited, Text: "三里庄 5 号"}),
	"edited_in_group":            nil,
	"edited_live_location":       nil,
	"press":                      duty(pressed(talk.Button{Job: "1123-07", Action: "claim"})),
	"press_inaccessible_message": duty(pressed(talk.Button{Job: "1123-07", Action: "claim"})),
	"press_on_forwarded_card":    alien(pressed(talk.Button{Job: "1123-07", Action: "claim"})),
	"press_garbage":              duty(pressed(talk.Button{})),
	"press_unnumbered":           duty(pressed(talk.Button{})),
	"press_game":                 duty(pressed(talk.Button{})),
	"press_inline_message":       nil,
	"added_to_group":             alien(talk.Event{Kind: talk.Added}),
	"added_by_anonymous":         {Event: talk.Event{Kind: talk.Added, Chat: talk.Chat{ID: lookalike, Kind: talk.Foreign}}},
	"added_to_channel":           group(-1005550000000, talk.Foreign, talk.Event{Kind: talk.Added}),
	"promoted":                   nil,
	"removed_from_duty_group":    duty(talk.Event{Kind: talk.Departed, From: talk.Person{ID: ourBot, Name: "PowerdeskBot", Lang: words.ZH}}),
	"blocked":                    private(talk.Event{Kind: talk.Blocked}),
	"unblocked":                  private(talk.Event{Kind: talk.Blocked, Text: "no"}),
	"member_left":                duty(talk.Event{Kind: talk.Departed}),
	"member_kicked":              duty(talk.Event{Kind: talk.Departed}),
	"member_restricted_out":      duty(talk.Event{Kind: talk.Departed}),
	"member_muted":               nil,
	"member_joined":              nil,
	"member_left_hall":           nil,
	"member_bot_left":            nil,
	"service_left":               duty(talk.Event{Kind: talk.Departed}),
	"service_bot_left":           nil,
	"service_joined":             nil,
	"service_pinned":             nil,
	"service_pinned_by_person":   nil,
	"migrated_old_side": {
		Event:    talk.Event{Chat: talk.Chat{ID: -4001234567, Kind: talk.Foreign}},
		Migrated: Migration{Old: -4001234567, New: -1001000000009},
	},
	"migrated_new_side": {
		Event:    talk.Event{Chat: talk.Chat{ID: -1001000000009, Kind: talk.Foreign}},
		Migrated: Migration{Old: -4001234567, New: -1001000000009},
	},
	"channel_post":          nil,
	"from_bot":              nil,
	"from_anonymous_admin":  nil,
	"from_channel_identity": nil,
	"from_linked_channel":   nil,
	"from_nobody":           nil,
	"from_negative_id":      nil,
	"chat_missing":          nil,
	"chat_zero":             nil,
	"unknown_kind":          nil,
	"empty":                 nil,
}

// replying is what somebody wrote in answer to a message.
func replying(to int, u *Update) *Update {
	u.Event.ReplyTo = to
	return u
}
