// Package telegram is the desk's door to Telegram's Bot API, and the only
// importer of the library telegram-bot-api v5.5.1. What comes in leaves here as
// a talk.Event; what a flow says goes out from here as a method call; what
// went wrong is told as an *Error of one of nine classes.
//
//	getUpdates -> Decode -> handle (load, Step, Commit) -> offset     Poll
//	a push     -> Decode -> handle (load, Step, Commit) -> 200        Webhook.Take
//	talk.Say  -> encode -> sendMessage, editMessageText, …           Send
//	              or deleteMessage
//	talk.Say with a drawing -> sendPhoto, multipart              Upload
//	talk.Toast -> answerCallbackQuery                                Answer
//	getChatMember, leaveChat, setMyCommands                           Member, Leave, SetCommands
//
// The wiring in bot/app calls it: it hands every Update to the flows, and gives
// the outbox a sender. The library serves as a typed codec. Its update loop,
// its constructor, its webhook server and its logger are not used, because they
// lose updates, block and print the token (RELIABILITY §1).
//
// Three promises hold everywhere in the package:
//
//  1. An update is confirmed to Telegram only when its handler returned nil, or
//     when it was put into quarantine: the offset follows, or Take returns nil.
//  2. The token is in no error, no log line and no printed value.
//  3. No text of a person is in an error or a log line.
//
// The package never decides what to say, never waits inside Send, never retries
// a send, keeps nothing on disk, and trusts nobody's name, title or button.
package telegram
