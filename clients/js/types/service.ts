// What somebody writes with the types that are made of the Chinook example for the service. It is
// checked and not run: every line that is wrong is expected to be.
import { PostgrestClient } from '@supabase/postgrest-js';
import { createClient } from '@supabase/supabase-js';
import { Constants } from './made/service.js';
import type { Database, Json, Tables, TablesInsert, TablesUpdate } from './made/service.js';

/** Compiles where both are the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <_ extends true>() => {};

const client = createClient<Database>('http://localhost:8787', 'key');
const rest = new PostgrestClient<Database>('http://localhost:8787/rest/v1');

export async function reads() {
  const { data } = await client.from('tracks').select('name, composer, unit_price').eq('id', 1).single();
  if (data) is<Same<typeof data, { name: string; composer: string | null; unit_price: number }>>();

  const whole = await rest.from('artists').select();
  if (whole.data) is<Same<typeof whole.data, { id: number; name: string }[]>>();

  await client.from('tracks').select('id').in('genre_id', [1, 2]).order('name').limit(3).maybeSingle();
  // @ts-expect-error there is no such table
  await client.from('trax').select();
  // @ts-expect-error an id is a number
  await client.from('tracks').select('id').eq('id', 'one');

  const wrong = await client.from('tracks').select('name, nmae');
  // @ts-expect-error what is selected has a column that is not there
  wrong.data?.[0]?.name.length;
}

export async function embeds() {
  // To one, through it to one more, and to many.
  const albums = await client.from('albums').select('title, artists(name), tracks(name, genres(name))');
  const album = albums.data?.[0];
  if (album)
    is<
      Same<
        typeof album,
        { title: string; artists: { name: string }; tracks: { name: string; genres: { name: string } }[] }
      >
    >();

  // Through a junction, by another name, and spread out.
  const lists = await client.from('playlists').select('name, songs:tracks(id)');
  if (lists.data) is<Same<typeof lists.data, { name: string; songs: { id: number }[] }[]>>();
  const spread = await client.from('albums').select('title, ...artists(artist:name)');
  if (spread.data) is<Same<typeof spread.data, { title: string; artist: string }[]>>();

  // A table and itself.
  const reports = await client.from('employees').select('last_name, manager:employees!reports_to(last_name)');
  if (reports.data) is<Same<(typeof reports.data)[0]['last_name'], string>>();

  const none = await client.from('albums').select('title, customers(email)');
  // @ts-expect-error nothing leads from albums to customers
  none.data?.[0]?.customers.email;
}

export async function writes() {
  await client.from('albums').insert({ title: 'One', artist_id: 1 });
  await client.from('albums').insert([{ id: 7, title: 'Two', artist_id: 1 }]).select('id');
  await client.from('albums').upsert({ title: 'One', artist_id: 1 }, { onConflict: 'id' });
  await client.from('tracks').update({ composer: null }).eq('id', 1);
  await client.from('tracks').delete().eq('id', 1).maxAffected(1);
  // @ts-expect-error an album is some artist's
  await client.from('albums').insert({ title: 'One' });
  // @ts-expect-error there is no such column
  await client.from('albums').insert({ title: 'One', artist_id: 1, lable: 'x' });
  // @ts-expect-error a name is not null
  await client.from('artists').update({ name: null }).eq('id', 1);

  is<Same<Tables<'artists'>, { id: number; name: string }>>();
  is<Same<TablesInsert<'artists'>, { id?: number; name: string }>>();
  is<Same<TablesUpdate<'artists'>, { id?: number; name?: string }>>();
  is<Same<Tables<{ schema: 'public' }, 'artists'>, Tables<'artists'>>>();
  // @ts-expect-error there is no such table
  is<Same<Tables<'artist'>, never>>();
  is<Same<typeof Constants.public.Enums, {}>>();
  const json: Json = { a: [1, 'b', null] };
  return json;
}

export async function calls() {
  const found = await client.rpc('search_tracks', { word: 'love' }).select('name, albums(title)').eq('genre_id', 1);
  if (found.data) is<Same<typeof found.data, { name: string; albums: { title: string } }[]>>();
  const list = await client.rpc('add_album', { playlist: 1, album: 2 });
  if (list.data) is<Same<typeof list.data, { id: number; name: string }>>();
  const length = await client.rpc('album_length', { album: 1 });
  if (length.data !== null) is<Same<typeof length.data, number>>();
  // @ts-expect-error it needs a word
  await client.rpc('search_tracks', { most: 1 });
  // @ts-expect-error there is no such function
  await client.rpc('serach_tracks', { word: 'love' });
}
