// Which phones lie on the table, and who holds each: a pure reading of the desk
// and of what was chosen, in the order of the numbers Alt+1…9.
//
// A slot is a place on the table: "resident", "group:ID", "volunteer:0",
// "volunteer:1" and "private:USER" for anybody else who has a chat with the bot.

const VOLUNTEER_PHONES = 2; // the pair that every job needs

// phones returns [{slot, word, chat, viewer, choices: [user]}]; chosen maps a
// slot to the user picked for it.
export function phones(desk, chosen) {
  const people = [...desk.people.values()];
  const holders = (role) => people.filter((person) => person.role === role && desk.privateChat(person.id)).map((person) => person.id);
  const list = [];
  const lay = (slot, word, chat, choices, preferred) => {
    if (!chat && !choices.length) return;
    const viewer = choices.includes(chosen.get(slot)) ? chosen.get(slot) : preferred ?? choices[0];
    list.push({ slot, word, viewer, choices, chat: chat ?? desk.privateChat(viewer) });
  };

  const [duty, ...others] = groups(desk);
  lay('resident', 'resident', undefined, holders('resident'));
  if (duty) layGroup(duty, 'duty');
  const volunteers = holders('volunteer');
  for (const [i, viewer] of pair(volunteers, chosen).entries()) lay(`volunteer:${i}`, 'volunteer', undefined, volunteers, viewer);
  for (const group of others) layGroup(group, 'group');
  for (const role of ['clerk', 'leader']) {
    for (const user of holders(role)) lay(`private:${user}`, role, desk.privateChat(user), [user]);
  }
  return list;

  function layGroup(group, word) {
    const staff = people.filter((person) => person.role !== 'resident').map((person) => person.id);
    const inside = group.members.filter((id) => desk.people.has(id));
    const choices = [...inside, ...staff.filter((id) => !inside.includes(id))];
    if (choices.length) lay(`group:${group.id}`, word, group, choices);
  }
}

// groups puts the duty group first: the one with the most volunteers.
function groups(desk) {
  const volunteers = (chat) => chat.members.filter((id) => desk.people.get(id)?.role === 'volunteer').length;
  return [...desk.chats.values()].filter((chat) => chat.kind === 'group').sort((a, b) => volunteers(b) - volunteers(a));
}

// pair picks two different volunteers, the chosen ones where there are any.
function pair(volunteers, chosen) {
  const picked = [];
  for (let i = 0; i < Math.min(VOLUNTEER_PHONES, volunteers.length); i++) {
    const wanted = chosen.get(`volunteer:${i}`);
    const free = (id) => volunteers.includes(id) && !picked.includes(id);
    const reserved = chosen.get('volunteer:1');
    picked.push(free(wanted) ? wanted : volunteers.find((id) => free(id) && (i > 0 || id !== reserved)) ?? volunteers.find(free));
  }
  return picked;
}
