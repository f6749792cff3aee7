/** What was wrong with what everybody heard in a room: its own history says what there was. */
export async function judgeRooms(members, id) {
  const [epoch, texts] = await readHistory(members[0].room(id))
  return members.flatMap(({ name, heard }) => judgeHeard(`${name} in ${id}`, heard.get(id), { epoch, texts }))
}

async function readHistory(room) {
  const texts = []
  for (;;) {
    const page = await room.history({ after: texts.length, limit: 1_000 })
    for (const { offset, data } of page.publications) texts[offset - 1] = data.text
    if (!page.more) return [page.epoch, texts]
  }
}

function judgeHeard(who, heard, { epoch, texts }) {
  const wrong = []
  let last
  for (const one of heard) {
    if (one === null) wrong.push(`${who}: a gap was told, though everything is kept`)
    else {
      const [seenEpoch, offset, text] = one
      if (seenEpoch !== epoch) wrong.push(`${who}: ${offset} is of the epoch ${seenEpoch}`)
      if (texts[offset - 1] !== text) wrong.push(`${who}: ${offset} says ${text}, not ${texts[offset - 1]}`)
      if (last !== undefined && offset !== last + 1) wrong.push(`${who}: ${offset} came after ${last}`)
      last = offset
    }
  }
  if (last !== texts.length) wrong.push(`${who}: it ends at ${last} of ${texts.length}`)
  return wrong
}

/** Presence is exactly who is there. */
export function judgePresence(members, rooms) {
  const expected = names(members)
  return members.flatMap((member) =>
    rooms
      .map((id) => names(member.room(id).presence.members.map(({ data }) => data)))
      .filter((seen) => seen !== expected)
      .map((seen) => `${member.name} sees ${seen} instead of ${expected}`),
  )
}

function names(people) {
  return people
    .map(({ name }) => name)
    .sort()
    .join()
}
