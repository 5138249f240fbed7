import type { Person } from './person.ts';
import { call } from './places.ts';

export const FILMS = 'films';
export const DIMENSION = 16;
const AT_ONCE = 100;

export interface Film {
  id: string;
  values: number[];
  metadata: { title: string; year: number; genre: string[]; seen: boolean };
}

const GENRES = ['drama', 'comedy', 'western', 'mystery', 'documentary', 'fantasy', 'romance', 'war'];
const FIRST = ['Silent', 'Northern', 'Golden', 'Last', 'Broken', 'Distant', 'Hidden', 'Paper', 'Winter', 'Blue'];
const SECOND = ['River', 'Forest', 'Letter', 'Harbour', 'Signal', 'Garden', 'Summit', 'Station', 'Mirror', 'Voyage'];

/** The same films each time: a small generator of numbers with a fixed beginning. */
export function films(count: number): Film[] {
  let state = 42;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const centres = GENRES.map(() => Array.from({ length: DIMENSION }, () => random() * 2 - 1));
  return Array.from({ length: count }, (_, nth) => {
    const genre = Math.floor(random() * GENRES.length);
    const centre = centres[genre] ?? [];
    const title = `${FIRST[Math.floor(random() * 10)]} ${SECOND[Math.floor(random() * 10)]} ${nth}`;
    return {
      id: `film-${String(nth).padStart(5, '0')}`,
      values: centre.map((value) => Number((value + (random() - 0.5) * 0.8).toFixed(4))),
      metadata: {
        title,
        year: 1950 + Math.floor(random() * 76),
        genre: [GENRES[genre] ?? '', ...(random() < 0.3 ? ['classic'] : [])],
        seen: random() < 0.5,
      },
    };
  });
}

/** Makes an index by its form, past the page, and gives its address. */
export async function makeIndex(person: Person, project: string, name: string, more: Record<string, string> = {}): Promise<string> {
  const id = project.split('/')[2] ?? '';
  const form = { id, name, vector_type: 'dense', dimension: String(DIMENSION), metric: 'cosine', ...more };
  const status = await call(person, 'indexes/create', form);
  if (status !== 200) throw new Error(`making ${name} was answered with ${status}`);
  const address = await findIndex(person, project, name);
  if (!address) throw new Error(`${name} was made and is not there`);
  return address;
}

/** An index of a few films, made once. */
export async function filmIndex(person: Person, project: string): Promise<string> {
  const known = await findIndex(person, project, FILMS);
  if (known) return known;
  const address = await makeIndex(person, project, FILMS);
  await addFilms(person, address, 'films', films(40));
  return address;
}

/** Writes films as a person who pastes them would. */
export async function addFilms(person: Person, index: string, namespace: string, some: Film[]): Promise<void> {
  const id = index.split('/')[4] ?? '';
  for (let from = 0; from < some.length; from += AT_ONCE) {
    const records = JSON.stringify(some.slice(from, from + AT_ONCE));
    const status = await call(person, 'records/add', { id, namespace, records });
    if (status !== 200) throw new Error(`adding records was answered with ${status}`);
  }
}

/** Sends a file to be imported, and waits for the page of its columns. */
export async function sendFile(person: Person, index: string, name: string, text: string): Promise<void> {
  await person.visit(`${index}/imports`);
  await person.page.getByLabel('File').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
  await person.press('Send file');
  await person.page.waitForURL(/imports\/file/);
}

async function findIndex(person: Person, project: string, name: string): Promise<string | undefined> {
  const id = project.split('/')[2] ?? '';
  const headers = { accept: 'application/json', origin: person.server.url };
  const answer = await person.page.request.post('/fn/indexes/list', { form: { id }, headers });
  const list = (await answer.json()) as { page: { items: { index: { id: string; name: string } }[] } };
  const found = list.page.items.find((item) => item.index.name === name);
  return found && `/projects/${id}/indexes/${found.index.id}`;
}

/** How alike two vectors are, by their angle. */
export function cosine(a: number[], b: number[]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
