package telegram

import (
	"strings"
	"time"

	"powerdesk/flows"
	"powerdesk/flows/words"
)

var (
	wang = flows.Person{ID: resident, Name: "建国 王", Lang: words.ZH}
	ming = flows.Person{ID: volunteer, Name: "Li Ming", Lang: words.EN}
)

// private is what a message of the resident gives, group what one of the
// volunteer gives in a group; the rest is filled in by the case.
func private(e flows.Event) *Update {
	e.Chat = flows.Chat{ID: resident, Kind: flows.Private}
	if e.From.ID == 0 {
		e.From = wang
	}
	return &Update{Event: e}
}

func group(id int64, kind flows.ChatKind, title string, e flows.Event) *Update {
	e.Chat = flows.Chat{ID: id, Kind: kind}
	if e.From.ID == 0 {
		e.From = ming
	}
	return &Update{Event: e, Title: title}
}

func duty(e flows.Event) *Update { return group(dutyGroup, flows.Duty, "吴桥抢修值班群", e) }

// alien is a foreign group that has taken the name of ours.
func alien(e flows.Event) *Update { return group(lookalike, flows.Foreign, "吴桥抢修值班群", e) }

func attach(kind flows.MediaKind, id string) *Update {
	return private(flows.Event{Kind: flows.Attach, Media: flows.Attachment{Kind: kind, FileID: id}})
}

func written(text string) *Update { return private(flows.Event{Kind: flows.Text, Text: text}) }

func pressed(b flows.Button) flows.Event {
	return flows.Event{Kind: flows.Press, Press: b, Callback: "21508960001234567", At: testNow}
}

// decodings says what becomes of each file of testdata/update; nil is nothing.
// A zero At stands for the message's own date.
var decodings = map[string]*Update{
	"text":                       written("家里没电了，老人在家\n三里庄"),
	"text_full_width":            written("１２３ Ａ栋"),
	"text_forwarded_command":     written("/cancel"),
	"text_forwarded_old_api":     written("/cancel"),
	"text_reply_with_quote":      written("还是没电"),
	"text_blank":                 written(""),
	"text_rtl_override":          written("abcgnp.exex ok"),
	"text_zalgo":                 written("h\u0301\u0302i"),
	"text_unnumbered":            written("单号 - 谢谢"),
	"text_lone_surrogate":        written("没\uFFFD电了\uFFFD"),
	"text_emoji_family":          written("一家 👨\u200d👩\u200d👧 都在"),
	"text_from_yesterday":        private(flows.Event{Kind: flows.Text, Text: "没电", At: testNow.Add(-23 * time.Hour)}),
	"text_too_old":               private(flows.Event{Kind: flows.Text, Text: "没电", At: testNow}),
	"text_from_the_future":       private(flows.Event{Kind: flows.Text, Text: "没电", At: testNow}),
	"text_date_zero":             private(flows.Event{Kind: flows.Text, Text: "没电", At: testNow}),
	"text_year_2106":             private(flows.Event{Kind: flows.Text, Text: "没电", At: testNow}),
	"text_duty_group":            duty(flows.Event{Kind: flows.Text, Text: "收到"}),
	"text_hall_group":            group(hallGroup, flows.Hall, "营业厅", flows.Event{Kind: flows.Text, Text: "好的"}),
	"text_leader_group":          group(headGroup, flows.Leader, "班长", flows.Event{Kind: flows.Text, Text: "好的"}),
	"text_lookalike_group":       alien(flows.Event{Kind: flows.Text, Text: "大家好"}),
	"name_only_invisible":        private(flows.Event{Kind: flows.Text, Text: "没电", From: flows.Person{ID: resident, Name: "#5678", Lang: words.ZH}}),
	"name_long_with_newline":     private(flows.Event{Kind: flows.Text, Text: "没电", From: flows.Person{ID: resident, Name: strings.Repeat("王", 32), Lang: words.ZH}}),
	"language_traditional":       written("沒電"),
	"language_english":           {Event: flows.Event{Kind: flows.Text, Text: "no light", Chat: flows.Chat{ID: volunteer, Kind: flows.Private}, From: ming}},
	"language_missing":           private(flows.Event{Kind: flows.Text, Text: "没电", From: flows.Person{ID: resident, Name: "王", Lang: words.ZH}}),
	"command":                    private(flows.Event{Kind: flows.Command, Command: "report"}),
	"command_start_payload":      private(flows.Event{Kind: flows.Command, Command: "start", Text: "place_sanlizhuang-3"}),
	"command_for_us":             duty(flows.Event{Kind: flows.Command, Command: "open", Text: "3"}),
	"command_for_another_bot":    nil,
	"command_forged_entity":      written("/🙂"),
	"command_not_at_start":       written("发 /start 试试"),
	"command_house_number":       written("/12号楼"),
	"photo":                      private(flows.Event{Kind: flows.Attach, Text: "电表 <b>E4</b>", Media: flows.Attachment{Kind: flows.Photo, FileID: "AgACAgUAAxk_x", Note: "电表 <b>E4</b>"}}),
	"photo_album":                private(flows.Event{Kind: flows.Attach, Media: flows.Attachment{Kind: flows.Photo, FileID: "AgACAgUAAxk_a1", Album: "13579246801234567"}}),
	"photo_without_sizes":        private(flows.Event{Kind: flows.Other}),
	"voice":                      attach(flows.Voice, "AwACAgUAAxk_v"),
	"video":                      attach(flows.Video, "BAACAgUAAxk_v"),
	"video_note":                 attach(flows.Video, "video_note:DQACAgUAAxk_n"),
	"animation":                  attach(flows.Video, "animation:CgACAgUAAxk_g"),
	"document":                   attach(flows.Document, "BQACAgUAAxk_d"),
	"file_id_forged":             private(flows.Event{Kind: flows.Other}),
	"location":                   private(flows.Event{Kind: flows.Pinned, Pin: flows.Pin{Lat: 37.627661, Lon: 116.391489}}),
	"venue":                      private(flows.Event{Kind: flows.Pinned, Pin: flows.Pin{Lat: 37.627661, Lon: 116.391489}}),
	"location_off_the_earth":     private(flows.Event{Kind: flows.Other}),
	"contact_own":                private(flows.Event{Kind: flows.Contact, Phone: "+8613812345678"}),
	"contact_foreign":            private(flows.Event{Kind: flows.Contact, Phone: "+8613887654321", Foreign: true}),
	"contact_without_user":       private(flows.Event{Kind: flows.Contact, Phone: "031772712348", Foreign: true}),
	"contact_unreadable":         private(flows.Event{Kind: flows.Contact, Phone: "1234"}),
	"contact_abroad":             private(flows.Event{Kind: flows.Contact, Phone: "+447911123456"}),
	"sticker":                    private(flows.Event{Kind: flows.Other}),
	"dice":                       private(flows.Event{Kind: flows.Other}),
	"poll":                       private(flows.Event{Kind: flows.Other}),
	"something_new":              private(flows.Event{Kind: flows.Other}),
	"sticker_in_group":           nil,
	"edited":                     private(flows.Event{Kind: flows.Edited}),
	"edited_in_group":            nil,
	"edited_live_location":       nil,
	"press":                      duty(pressed(flows.Button{Job: "1123-07", Action: "claim"})),
	"press_inaccessible_message": duty(pressed(flows.Button{Job: "1123-07", Action: "claim"})),
	"press_on_forwarded_card":    alien(pressed(flows.Button{Job: "1123-07", Action: "claim"})),
	"press_garbage":              duty(pressed(flows.Button{})),
	"press_unnumbered":           duty(pressed(flows.Button{})),
	"press_game":                 duty(pressed(flows.Button{})),
	"press_inline_message":       nil,
	"added_to_group":             alien(flows.Event{Kind: flows.Added}),
	"added_by_anonymous":         {Event: flows.Event{Kind: flows.Added, Chat: flows.Chat{ID: lookalike, Kind: flows.Foreign}}, Title: "吴桥抢修值班群"},
	"added_to_channel":           group(-1005550000000, flows.Foreign, "新闻", flows.Event{Kind: flows.Added}),
	"promoted":                   nil,
	"removed_from_duty_group":    duty(flows.Event{Kind: flows.Departed, From: flows.Person{ID: ourBot, Name: "PowerdeskBot", Lang: words.ZH}}),
	"blocked":                    private(flows.Event{Kind: flows.Blocked}),
	"unblocked":                  private(flows.Event{Kind: flows.Blocked, Text: "no"}),
	"member_left":                duty(flows.Event{Kind: flows.Departed}),
	"member_kicked":              duty(flows.Event{Kind: flows.Departed}),
	"member_restricted_out":      duty(flows.Event{Kind: flows.Departed}),
	"member_muted":               nil,
	"member_joined":              nil,
	"member_left_hall":           nil,
	"member_bot_left":            nil,
	"service_left":               duty(flows.Event{Kind: flows.Departed}),
	"service_bot_left":           nil,
	"service_joined":             nil,
	"service_pinned":             nil,
	"service_pinned_by_person":   nil,
	"migrated_old_side": {
		Event:    flows.Event{Chat: flows.Chat{ID: -4001234567, Kind: flows.Foreign}},
		Title:    "吴桥抢修值班群",
		Migrated: Migration{Old: -4001234567, New: -1001000000009},
	},
	"migrated_new_side": {
		Event:    flows.Event{Chat: flows.Chat{ID: -1001000000009, Kind: flows.Foreign}},
		Title:    "吴桥抢修值班群",
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
