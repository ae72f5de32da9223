// What somebody writes for those who have signed in: what they may not see is not there.
import { createClient } from '@supabase/supabase-js';
import type { Database } from './made/authenticated.js';

const client = createClient<Database>('http://localhost:8787', 'key');

export async function sees() {
  await client.from('employees').select('last_name, email').eq('city', 'Calgary');
  const hidden = await client.from('employees').select('last_name, birth_date');
  // @ts-expect-error nobody is told when others were born
  hidden.data?.[0]?.last_name.length;
}

export async function changes() {
  await client.from('customers').update({ phone: '1', fax: null }).eq('id', 1);
  // @ts-expect-error the address is what says who one is
  await client.from('customers').update({ email: 'a@b.example' }).eq('id', 1);
  // @ts-expect-error others make customers
  await client.from('customers').insert({ first_name: 'A', last_name: 'B' });
  // @ts-expect-error the catalogue is not theirs
  await client.from('albums').update({ title: 'Mine' }).eq('id', 1);
}
