// Which phones lie on the table, and who holds each: a pure reading of the desk
// and of what was chosen, in the order of the numbers Alt+1…9.
//
// A slot is a place on the table: "resident", "team:0", "team:1" and "group:ID".
// Everybody of the team can hold one of the two team phones, so that the table
// stays small: volunteers first, then leader and clerk.

const TEAM = ['volunteer', 'leader', 'clerk'];
const TEAM_PHONES = 2; // the pair that every job needs

// phones returns [{slot, word, chat, viewer, choices: [user]}]; chosen maps a
// slot to the user picked for it, word is what the holder or the group is.
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
  const team = TEAM.flatMap(holders);
  for (const [i, viewer] of pair(team, chosen).entries()) lay(`team:${i}`, desk.people.get(viewer).role, undefined, team, viewer);
  for (const group of others) layGroup(group, group.members.some((id) => desk.people.get(id)?.role === 'clerk') ? 'hall' : 'leaders');
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

// pair picks two different people, the chosen ones where there are any.
function pair(team, chosen) {
  const picked = [];
  for (let i = 0; i < Math.min(TEAM_PHONES, team.length); i++) {
    const wanted = chosen.get(`team:${i}`);
    const free = (id) => team.includes(id) && !picked.includes(id);
    const reserved = chosen.get('team:1');
    picked.push(free(wanted) ? wanted : team.find((id) => free(id) && (i > 0 || id !== reserved)) ?? team.find(free));
  }
  return picked;
}
