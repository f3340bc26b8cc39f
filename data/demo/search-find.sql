-- Finds persons in a registry's search tables. Distinct names first, persons by b-tree then.

-- Surnames like this key, the best first. How: exact, part, script, beginning, sound, similar.
create or replace function search.surnames_like (p_key text, p_foreign boolean, p_near boolean, p_most int)
returns table (surname_id int, quality real, how text)
language plpgsql stable parallel safe set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_sound text := search.sound (p_key);
  v_exact boolean;
begin
  v_exact := exists (select from search.surname_key k where k.key = p_key);
  return query
  select d.* from (
  select distinct on (c.surname_id) c.surname_id, c.quality, c.how
    from ((select k.surname_id, case k.kind when 'p' then 0.9 when 'u' then 0.97 else 1 end::real as quality,
                  case when k.kind = 'p' then 'part' when k.kind = 'n' or p_foreign then 'script' else 'exact' end as how
             from search.surname_key k where k.key = p_key limit 50)
          union all
          (select k.surname_id, (0.75 + 0.15 * length (p_key) / length (k.key))::real, 'beginning'
             from (select * from search.surname_key k
                    where k.key > p_key and k.key < p_key || chr (1114111) limit 3000) k
            order by k.holders desc, k.surname_id limit 40)
          union all
          (select k.surname_id, (0.55 + 0.25 * similarity (k.key, p_key))::real, 'sound'
             from search.surname_key k
            where length (v_sound) > 1 and k.sound = v_sound and k.sound <> '' and k.key <> p_key
              and (length (v_sound) > 2 or left (k.key, 1) = left (p_key, 1))
            order by k.holders desc, k.surname_id limit 30)
          union all
          (select k.surname_id, (0.35 + 0.4 * k.near)::real, 'similar'
             from (select k.surname_id, similarity (k.key, p_key) as near
                     from search.surname_key k
                    where p_near and not v_exact and length (p_key) > 2
                    order by k.key <-> p_key limit 15) k
            where k.near > 0.3)) c
   order by c.surname_id, c.quality desc, c.how) d order by d.quality desc, d.surname_id limit p_most;
end
$$;

create or replace function search.forenames_like (p_key text, p_foreign boolean, p_near boolean, p_most int)
returns table (forename_id int, quality real, how text)
language plpgsql stable parallel safe set enable_seqscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_sound text := search.sound (p_key);
  v_exact boolean;
begin
  v_exact := exists (select from search.forename_key k where k.key = p_key);
  return query
  select d.* from (
  select distinct on (c.forename_id) c.forename_id, c.quality, c.how
    from ((select k.forename_id, case k.kind when 'p' then 0.9 when 'u' then 0.97 else 1 end::real as quality,
                  case when k.kind = 'p' then 'part' when k.kind = 'n' or p_foreign then 'script' else 'exact' end as how
             from search.forename_key k where k.key = p_key limit 50)
          union all
          (select k.forename_id, (0.75 + 0.15 * length (p_key) / length (k.key))::real, 'beginning'
             from (select * from search.forename_key k
                    where k.key > p_key and k.key < p_key || chr (1114111) limit 1000) k
            order by k.holders desc, k.forename_id limit 25)
          union all
          (select k.forename_id, (0.55 + 0.25 * similarity (k.key, p_key))::real, 'sound'
             from search.forename_key k
            where length (v_sound) > 1 and k.sound = v_sound and k.sound <> '' and k.key <> p_key
              and (length (v_sound) > 2 or left (k.key, 1) = left (p_key, 1))
            order by k.holders desc, k.forename_id limit 15)
          union all
          (select k.forename_id, (0.35 + 0.4 * k.near)::real, 'similar'
             from (select k.forename_id, similarity (k.key, p_key) as near
                     from search.forename_key k
                    where p_near and not v_exact and length (p_key) > 2
                    order by k.key <-> p_key limit 10) k
            where k.near > 0.3)) c
   order by c.forename_id, c.quality desc, c.how) d order by d.quality desc, d.forename_id limit p_most;
end
$$;

-- How well one word fits a name's keys.
create or replace function search.fit (p_key text, p_sound text, p_word text, p_word_sound text) returns real
language sql immutable parallel safe as $$
  select case when p_key = p_word then 1
              when starts_with (p_key, p_word) then 0.75 + 0.15 * length (p_word) / length (p_key)
              when length (p_word_sound) > 1 and p_sound = p_word_sound and (length (p_sound) > 2 or left (p_key, 1) = left (p_word, 1))
                then 0.55 + 0.25 * similarity (p_key, p_word)
              else (select case when s > 0.3 then 0.35 + 0.4 * s else 0 end from similarity (p_key, p_word) s)
         end::real
$$;

create or replace function search.fit_how (p_key text, p_sound text, p_word text, p_word_sound text, p_foreign boolean)
returns text language sql immutable parallel safe as $$
  select case when p_key = p_word then case when p_foreign then 'script' else 'exact' end
              when starts_with (p_key, p_word) then 'beginning'
              when length (p_word_sound) > 1 and p_sound = p_word_sound and (length (p_sound) > 2 or left (p_key, 1) = left (p_word, 1)) then 'sound'
              else 'similar' end
$$;

-- The readings of a list of name words: which of them are the surname, which are forenames. Two
-- words may be one surname written apart.
create or replace function search.readings (p_words text[])
returns table (surname text, forename text, second text, cover real)
language sql immutable parallel safe as $$
  with w as (select p_words as w, cardinality (p_words) as n)
  select distinct on (surname, forename, second) surname, forename, second, cover::real
    from w, lateral (
      select w[1], null, null, 1.0 / n where n >= 1
      union all select null, w[1], null, 0.97 / n where n >= 1
      union all select w[1], w[2], null, 1 where n = 2
      union all select w[2], w[1], null, 1 where n = 2
      union all select w[1] || w[2], null, null, 0.99 where n = 2
      union all select null, w[1], w[2], 0.95 where n = 2
      union all select w[n], w[1], w[2], greatest (0.5, 1 - 0.15 * (n - 3)) where n >= 3
      union all select w[1], w[2], w[3], greatest (0.5, 1 - 0.15 * (n - 3)) where n >= 3
      union all select w[n - 1] || w[n], w[1], case when n > 3 then w[2] end, greatest (0.5, 1 - 0.15 * greatest (0, n - 4)) where n >= 3
      union all select w[1] || w[2], w[3], case when n > 3 then w[4] end, greatest (0.5, 1 - 0.15 * greatest (0, n - 4)) where n >= 3
      union all select w[n], w[1], null, 0.7 where n >= 3
      union all select w[1], w[2], null, 0.7 where n >= 3) r (surname, forename, second, cover)
   order by surname, forename, second, cover desc
$$;

-- Pairs of names, the best first.
create or replace function search.pairs (p_words text[], p_foreign boolean)
returns table (surname_id int, forename_id int, second_id int, score real, surname_how text, forename_how text)
language plpgsql stable set jit = off set plan_cache_mode = force_custom_plan as $$
begin
  return query
  with reading as materialized (
    select * from search.readings (p_words)
  ), s as materialized (
    select c.chunk, l.* from (select distinct surname as chunk from reading where surname is not null) c,
           search.surnames_like (c.chunk, p_foreign, c.chunk = any (p_words), case cardinality (p_words) when 1 then 60 when 2 then 24 else 10 end) l
  ), f as materialized (
    select c.chunk, l.* from (select forename as chunk from reading where forename is not null
                              union select second from reading where second is not null) c,
           search.forenames_like (c.chunk, p_foreign, true, case cardinality (p_words) when 1 then 40 when 2 then 16 else 6 end) l
  ), pair as (
    select s.surname_id, f.forename_id, g.forename_id as second_id,
           (r.cover * (coalesce (s.quality, 0) * 1.2 + coalesce (f.quality, 0) + coalesce (g.quality, 0))
             / (case when s.quality is null then 0 else 1.2 end + case when f.quality is null then 0 else 1 end
                + case when g.quality is null then 0 else 1 end))::real as score,
           s.how as surname_how, f.how as forename_how
      from reading r
      left join s on s.chunk = r.surname
      left join f on f.chunk = r.forename
      left join f g on g.chunk = r.second
     where (r.surname is null or s.chunk is not null) and (r.forename is null or f.chunk is not null)
       and (r.second is null or g.chunk is not null)
  )
  select distinct on (pair.score, pair.surname_id, pair.forename_id, pair.second_id) pair.*
    from pair
   order by pair.score desc, pair.surname_id, pair.forename_id, pair.second_id
   limit 500;
end
$$;

-- One page of persons. Births are intervals of ISO 8601 with commas between them; the token is that
-- of the page before. What matched is said in the register's own words.
create or replace function search.find_by_names (
  p_words text[], p_foreign boolean, p_from date[], p_to date[], p_streets int[], p_towns int[],
  p_limit int, p_after text)
returns table (id bigint, score real, matched text[], surname_id int, token text)
language plpgsql stable set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set enable_bitmapscan = off set enable_sort = on set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_key   text[] := string_to_array (p_after, '|');
  v_pair  record;
  v_row   record;
  v_found int := 0;
  v_seen  bigint[] := '{}';
  v_past  boolean := p_after is null;
  v_born  date := '-infinity';
  v_id    bigint := 0;
begin
  for v_pair in select p.*, format ('%s|%s|%s|%s', p.score, p.surname_id, p.forename_id, p.second_id) as key
                  from search.pairs (p_words, p_foreign) p limit case when p_streets is not null then 60 when cardinality (p_words) > 2 then 150 else 500 end loop
    if not v_past then
      continue when v_pair.key <> array_to_string (v_key[1:4], '|', '');
      v_past := true;
      v_born := v_key[5]::date;
      v_id := v_key[6]::bigint;
    else
      v_born := '-infinity';
      v_id := 0;
    end if;
    for v_row in
      select b.id, b.born, b.surname_id
        from unnest (p_from, p_to) span (a, z),
             lateral (
               (select b.id, b.born, b.surname_id from search.bearer b
                 where p_streets is null and v_pair.forename_id is null and b.surname_id = v_pair.surname_id and b.main
                   and (b.born, b.id) > (greatest (v_born, span.a), case when v_born >= span.a then v_id else 0 end) and b.born <= span.z
                   and (p_towns is null or b.town_id = any (p_towns))
                 order by b.born, b.id limit p_limit)
               union all
               (select h.id, h.born, h.surname_id from unnest (p_streets) s (street_id), search.home h
                 where v_pair.forename_id is null and h.street_id = s.street_id and h.surname_id = v_pair.surname_id
                   and (h.born, h.id) > (greatest (v_born, span.a), case when v_born >= span.a then v_id else 0 end) and h.born <= span.z
                   and (p_towns is null or h.town_id = any (p_towns)))
               union all
               (select b.id, b.born, b.surname_id from search.bearer b
                 where v_pair.surname_id is not null and v_pair.forename_id is not null
                   and b.surname_id = v_pair.surname_id and b.forename_id = v_pair.forename_id
                   and (b.born, b.id) > (greatest (v_born, span.a), case when v_born >= span.a then v_id else 0 end) and b.born <= span.z
                   and (p_towns is null or b.town_id = any (p_towns))
                   and (p_streets is null or exists (
                          select from search.home h where h.id = b.id and h.street_id = any (p_streets)))
                   and (v_pair.second_id is null or exists (
                          select from search.bearer o where o.surname_id = b.surname_id
                             and o.forename_id = v_pair.second_id and o.born = b.born and o.id = b.id))
                 order by b.born, b.id limit p_limit)
               union all
               (select b.id, b.born, b.surname_id from search.bearer b
                 where v_pair.surname_id is null and b.forename_id = v_pair.forename_id
                   and (b.born, b.id) > (greatest (v_born, span.a), case when v_born >= span.a then v_id else 0 end) and b.born <= span.z
                   and (p_towns is null or b.town_id = any (p_towns))
                   and (p_streets is null or exists (
                          select from search.home h where h.id = b.id and h.street_id = any (p_streets)))
                   and (v_pair.second_id is null or exists (
                          select from search.bearer o where o.surname_id = b.surname_id
                             and o.forename_id = v_pair.second_id and o.born = b.born and o.id = b.id))
                 order by b.born, b.id limit p_limit)) b
       order by b.born, b.id limit p_limit loop
      continue when v_row.id = any (v_seen);
      v_seen := v_seen || v_row.id;
      v_found := v_found + 1;
      id := v_row.id;
      score := v_pair.score;
      surname_id := case when v_pair.surname_id is not null then v_pair.surname_id end;
      matched := array_remove (array['SURNAME_' || upper (v_pair.surname_how), 'FORENAME_' || upper (v_pair.forename_how),
                                     case when p_from[1] > '-infinity' then 'BORN_IN' end,
                                     case when p_streets is not null then 'STREET' end,
                                     case when p_towns is not null then 'TOWN' end], null);
      token := format ('%s|%s|%s', v_pair.key, v_row.born, v_row.id);
      return next;
      exit when v_found >= p_limit;
    end loop;
    exit when v_found >= p_limit;
  end loop;
end
$$;

-- Few persons, known by something else than the name: how well the words fit each of them.
create or replace function search.fit_names (p_ids bigint[], p_surnames int[], p_forenames int[], p_words text[], p_foreign boolean)
returns table (id bigint, score real, matched text[])
language sql stable set jit = off as $$
  with row as materialized (
    select distinct * from unnest (p_ids, p_surnames, p_forenames) r (id, surname_id, forename_id)
  ), word as materialized (
    select n, word, search.sound (word) as sound from unnest (p_words) with ordinality u (word, n)
  ), key as materialized (
    select r.id, 'SURNAME_' as what, k.key, k.sound, k.kind from (select distinct r.id, r.surname_id from row r) r
      join search.surname_key k using (surname_id)
    union all
    select r.id, 'FORENAME_', k.key, k.sound, k.kind from (select distinct r.id, r.forename_id from row r) r
      join search.forename_key k using (forename_id)
  ), best as (
    select distinct on (k.id, w.n) k.id, w.n, f.fit, k.what,
           case when k.kind = 'p' and k.key = w.word then 'part'
                else search.fit_how (k.key, k.sound, w.word, w.sound, p_foreign) end as how
      from key k, word w, lateral (select (search.fit (k.key, k.sound, w.word, w.sound) * case k.kind when 'p' then 0.9 else 1 end)::real as fit offset 0) f
     where f.fit > 0
     order by k.id, w.n, f.fit desc
  )
  select b.id, (sum (b.fit) / cardinality (p_words))::real, array_agg (distinct b.what || upper (b.how))
    from best b group by b.id
$$;

-- Persons known by the day of birth, or by street and house.
create or replace function search.find_among_few (
  p_words text[], p_foreign boolean, p_days date[], p_swapped date[], p_from date[], p_to date[],
  p_streets int[], p_houses text[], p_towns int[], p_limit int, p_after text)
returns table (id bigint, score real, matched text[], surname_id int, token text)
language plpgsql stable set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_key text[] := string_to_array (p_after, '|');
begin
  return query
  with few as materialized (
    select b.id, b.surname_id, b.forename_id, b.born
      from search.bearer b where b.born = any (p_days || p_swapped)
    union all
    select b.id, b.surname_id, b.forename_id, b.born
      from unnest (p_streets) street (s), unnest (p_houses) number (n),
           lateral (select h.id, h.born from search.home h
                     where h.street_id = street.s and h.house = number.n and (p_towns is null or h.town_id = any (p_towns)) limit 500) h
      join search.bearer b on b.id = h.id
     where cardinality (p_days) = 0
       and exists (select from unnest (p_from, p_to) span (a, z) where h.born between span.a and span.z)
  ), named as materialized (
    select f.* from (select array_agg (b.id) as ids, array_agg (b.surname_id) as surnames, array_agg (b.forename_id) as forenames
                       from few b) a,
           search.fit_names (a.ids, a.surnames, a.forenames, p_words, p_foreign) f
     where cardinality (p_words) > 0
  ), rated as (
    select b.id, cardinality (p_days) > 0 as dated, b.born = any (p_days) as day, n.score as name, n.matched,
           h.street_id = any (p_streets) as street, h.house = any (p_houses) as house, h.town_id = any (p_towns) as town
      from (select distinct few.id, few.born from few) b
      left join named n using (id)
      join search.home h using (id)
     where cardinality (p_words) = 0 or n.score > 0.35
  ), scored as (
    select r.id, (((case when not r.dated then 0 when r.day then 3 else 2.1 end) + coalesce (r.name, 0) * 3
                   + case when r.street then 1.5 else 0 end + case when r.house then 0.5 else 0 end + case when r.town then 1 else 0 end)
                  / (case when r.dated then 3 else 0 end + case when cardinality (p_words) > 0 then 3 else 0 end
                     + case when p_streets is not null then 1.5 else 0 end + case when p_houses is not null then 0.5 else 0 end
                     + case when p_towns is not null then 1 else 0 end))::real as score,
           array_remove (coalesce (r.matched, '{}') || array[
             case when not r.dated then case when p_from[1] > '-infinity' then 'BORN_IN' end
                  when r.day then 'BORN' else 'BORN_SWAPPED' end,
             case when r.street then 'STREET' end, case when r.house then 'HOUSE' end, case when r.town then 'TOWN' end], null) as matched
      from rated r
     where (p_streets is null or r.street) and (p_towns is null or r.town or p_streets is not null)
       and (not r.dated or r.day or cardinality (p_words) > 0)
  )
  select s.id, s.score, s.matched, null::int, format ('%s|%s', s.score, s.id)
    from scored s
   where p_after is null or (-s.score, s.id) > (-v_key[1]::real, v_key[2]::bigint)
   order by s.score desc, s.id limit p_limit;
end
$$;

-- Who lives there, by surname.
create or replace function search.find_by_streets (
  p_from date[], p_to date[], p_streets int[], p_towns int[], p_limit int, p_after text)
returns table (id bigint, score real, matched text[], surname_id int, token text)
language plpgsql stable set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_key     text[] := coalesce (string_to_array (p_after, '|'), array['0', '0', '', '0', '0']);
  v_matched text[] := array_remove (array[case when p_streets is not null then 'STREET' end, case when p_towns is not null then 'TOWN' end,
                                          case when p_from[1] > '-infinity' then 'BORN_IN' end], null);
begin
  return query
  select h.id, 0.9::real, v_matched, h.surname_id, format ('%s|%s|%s|%s|%s', h.street_id, h.surname_id, h.house, h.town_id, h.id)
    from (select s from unnest (coalesce (p_streets, (select array_agg (street_id) from search.street))) s
           where s >= v_key[1]::int order by s limit case when p_streets is null then 30 else 40 end) street (s),
         lateral (select h.* from search.home h
                   where h.street_id = street.s
                     and (h.street_id, h.surname_id, h.house, h.town_id, h.id) > (v_key[1]::int, v_key[2]::int, v_key[3], v_key[4]::int, v_key[5]::bigint)
                     and (p_towns is null or h.town_id = any (p_towns))
                     and exists (select from unnest (p_from, p_to) span (a, z) where h.born between span.a and span.z)
                   order by h.street_id, h.surname_id, h.house, h.town_id, h.id limit p_limit) h
   order by h.street_id, h.surname_id, h.house, h.town_id, h.id
   limit p_limit;
end
$$;

-- Everybody born in a year or a month.
create or replace function search.find_by_span (p_from date[], p_to date[], p_limit int, p_after text)
returns table (id bigint, score real, matched text[], surname_id int, token text)
language plpgsql stable set enable_seqscan = off set enable_bitmapscan = off set jit = off set plan_cache_mode = force_generic_plan as $$
declare
  v_key text[] := coalesce (string_to_array (p_after, '|'), array['-infinity', '0', '0', '0']);
begin
  return query
  select b.id, 0.8::real, array['BORN_IN'], b.surname_id, format ('%s|%s|%s|%s', b.born, b.surname_id, b.forename_id, b.id)
    from unnest (p_from, p_to) span (a, z),
         lateral (select b.* from search.bearer b
                   where b.main::int = 1 and b.born <= span.z
                     and (b.born, b.surname_id, b.forename_id, b.id)
                         > (greatest (span.a, v_key[1]::date), case when v_key[1]::date >= span.a then v_key[2]::int else 0 end, v_key[3]::int, v_key[4]::bigint)
                   order by b.born, b.surname_id, b.forename_id, b.id limit p_limit) b
   order by b.born, b.surname_id, b.forename_id, b.id limit p_limit;
end
$$;

-- The streets and towns that a list of words means. What is in the name of the street is not looked
-- for in that of the town, but one word that is a town is no street that is named after it.
create or replace function search.places_like (p_words text[], out streets int[], out towns int[])
language plpgsql stable set enable_seqscan = off set jit = off as $$
declare
  v_left text[];
begin
  with fit as materialized (
    select w.n, s.street_id, max (case when s.word = w.word then 1 when starts_with (s.word, w.word) then 0.9
                                       else similarity (s.word, w.word) end) as fit
      from unnest (p_words) with ordinality w (word, n),
           lateral ((select * from search.street_word s where s.word >= w.word and s.word < w.word || chr (1114111) limit 3000)
                    union all
                    (select near.* from (select * from search.street_word s where length (w.word) > 2 order by s.word <-> w.word limit 20) near
                      where similarity (near.word, w.word) > 0.25)) s
     group by 1, 2
  ), total as (
    select street_id, sum (fit.fit) as fit from fit group by street_id
  ), best as (
    select street_id from total where fit > 0.95 * (select max (fit) from total) and fit > 0.5 order by fit desc, street_id limit 40
  )
  select (select array_agg (street_id) from best),
         (select array_agg (word) from unnest (p_words) with ordinality w (word, n)
           where not exists (select from fit join best using (street_id) where fit.n = w.n and fit.fit > 0.4))
    into streets, v_left;
  if cardinality (p_words) = 1 and exists (select from search.town_word t where t.word = p_words[1])
     and not exists (select from search.street s where search.key (s.name) = p_words[1]) then
    streets := null;
    v_left := p_words;
  end if;
  if v_left is not null then
    with total as (
      select t.town_id, sum (case when t.word = w then 1 when starts_with (t.word, w) then 0.9 else similarity (t.word, w) end) as fit
        from unnest (v_left) w, search.town_word t
       where t.word = w or starts_with (t.word, w) and length (w) > 2 or similarity (t.word, w) > 0.5
       group by 1)
    select array_agg (town_id) into towns from total where fit > 0.95 * (select max (fit) from total);
  end if;
end
$$;

create or replace function search.find (
  p_names text[], p_births text, p_address text[], p_ids text[], p_prefix text, p_limit int, p_after text)
returns table (id bigint, score real, matched text[], surname_id int, token text)
language plpgsql stable as $$
declare
  v_foreign  boolean := exists (select from unnest (p_names) w where w ~ '[^\u0001-\u024f\u1e00-\u1eff\u2010-\u2019]');
  v_words    text[];
  v_places   text[];
  v_houses   text[];
  v_streets  int[];
  v_towns    int[];
  v_from     date[];
  v_to       date[];
  v_days     date[];
  v_swapped  date[];
  v_word     text;
begin
  if cardinality (p_ids) > 0 then
    return query
    select p.id::bigint, case when p.id = any (p_ids) and cardinality (p_ids) = 1 then 1 else 0.9 end::real,
           array[case when not p.id = any (p_ids) then 'ID_FORMER' when cardinality (p_ids) > 1 then 'ID_NEAR' else 'ID' end], null::int, null
      from person p
     where p.id = any (p_ids || array (select f.id from former_id f where f.former_id = any (p_ids)))
     order by 2 desc, 1 limit p_limit;
    return;
  end if;
  if p_prefix <> '' then
    return query
    select p.id::bigint, 0.9::real, array['ID_BEGINNING'], null::int, p.id
      from person p where p.id > coalesce (p_after, p_prefix) and p.id < p_prefix || ':' order by p.id limit p_limit;
    return;
  end if;

  select array_agg (split_part (b, '/', 1)::date), array_agg (split_part (b, '/', 2)::date) into v_from, v_to
    from string_to_table (nullif (p_births, ''), ',') b;
  select coalesce (array_agg (d), '{}') into v_days from unnest (v_from, v_to) s (d, z) where d = z;
  select coalesce (array_agg (make_date (extract (year from d)::int, extract (day from d)::int, extract (month from d)::int)), '{}')
    into v_swapped from unnest (v_days) d
   where extract (day from d) <= 12 and extract (day from d) <> extract (month from d);

  select array_agg (k order by n) into v_words
    from (select search.key (w) as k, n from unnest (p_names) with ordinality u (w, n)) k where k <> '';
  select array_agg (k order by n) into v_places
    from (select search.key (w) as k, n from unnest (p_address) with ordinality u (w, n) where w !~ '^[0-9]{1,3}[a-zA-Z]?$') k where k <> '';
  select array_agg (w) into v_houses from unnest (p_address) w where w ~ '^[0-9]{1,3}[a-zA-Z]?$';

  -- What is nobody's name may be where somebody lives.
  foreach v_word in array coalesce (v_words, '{}') loop
    if length (v_word) > 3 and cardinality (v_words) + cardinality (v_days) > 1 - coalesce (cardinality (v_places), 0)
       and not exists (select from search.surname_key k where k.key >= v_word and k.key < v_word || chr (1114111))
       and not exists (select from search.forename_key k where k.key >= v_word and k.key < v_word || chr (1114111))
       and (exists (select from search.town_word t where t.word >= v_word and t.word < v_word || chr (1114111))
            or exists (select from search.street_word s where s.word >= v_word and s.word < v_word || chr (1114111))) then
      v_words := array_remove (v_words, v_word);
      v_places := v_places || v_word;
    end if;
  end loop;
  v_words := nullif (v_words, '{}');
  if v_places is not null then
    select * into v_streets, v_towns from search.places_like (v_places);
    if v_streets is null and v_towns is null then
      return;
    end if;
  end if;

  v_from := coalesce (v_from, array['-infinity'::date]);
  v_to := coalesce (v_to, array['infinity'::date]);
  if cardinality (v_days) > 0 or v_streets is not null and v_houses is not null then
    return query select * from search.find_among_few (coalesce (v_words, '{}'), v_foreign, v_days, v_swapped, v_from, v_to,
                                                      v_streets, v_houses, v_towns, p_limit, p_after);
  elsif v_words is not null then
    return query select * from search.find_by_names (v_words, v_foreign, v_from, v_to, v_streets, v_towns, p_limit, p_after);
  elsif v_places is not null then
    return query select * from search.find_by_streets (v_from, v_to, v_streets, v_towns, p_limit, p_after);
  elsif v_from[1] > '-infinity' then
    return query select * from search.find_by_span (v_from, v_to, p_limit, p_after);
  end if;
end
$$;
