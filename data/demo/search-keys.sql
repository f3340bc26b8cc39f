-- Keys under which spellings of one name meet in a registry's search, whatever the script.
create schema if not exists search;
create extension if not exists pg_trgm;

-- Small letters without marks, Cyrillic and Greek in Latin letters, spaces, dashes and apostrophes
-- gone. Other scripts keep their letters.
create or replace function search.key (p_text text) returns text
language sql immutable strict parallel safe as $$
  select case when v.lower ~ '^[a-z]*$' then v.lower else
    regexp_replace (normalize (
      replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (
      replace (replace (replace (replace (replace (replace (replace (replace (replace (replace (
      translate (translate (replace (replace (translate (normalize (v.lower, NFC),
        'άέήίόύώϊϋΐΰς', 'αεηιουωιυιυσ'), 'ου', 'ou'), 'μπ', 'b'),
        'øðđħıłŋŧəабвгґдеёзиійклмнопрстуфыэђј', 'oddhilnteabvggdeeziiiklmnoprstufyedj'),
        'αβγδεζηικλμνξοπρστυφω', 'abgdeziiklmnxoprstyfo'),
      'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th'), 'ж', 'zh'), 'х', 'kh'), 'ц', 'ts'), 'щ', 'shch'),
      'ш', 'sh'), 'ч', 'ch'), 'ю', 'iu'), 'я', 'ia'), 'є', 'ie'), 'ї', 'i'), 'љ', 'lj'), 'њ', 'nj'),
      'ћ', 'c'), 'θ', 'th'), 'χ', 'ch'), 'ψ', 'ps'), NFD),
      '[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0640''’ʼ`´ъьʹʺ\s\u00a0.,‐-—-]+', '', 'g') end
  from (select lower (p_text) as lower) v
$$;

-- Consonants that sound alike are one letter, vowels count at the beginning only. Empty where it
-- would say nothing.
create or replace function search.sound (p_key text) returns text
language sql immutable strict parallel safe as $$
  select left (regexp_replace (translate (left (v.k, 1), 'aeiouyj', 'aaaaaaa')
           || translate (substr (v.k, 2), 'aeiouyjh', ''), '(.)\1+', '\1', 'g'), 12)
    from (select case when p_key ~ '^[a-z]+$' then
            translate (regexp_replace (replace (replace (replace (replace (replace (replace (replace (
              replace (p_key, 'ph', 'f'), 'chr', 'kr'), 'ck', 'k'), 'kh', 'k'), 'gh', 'g'), 'th', 't'),
              'x', 'ks'), 'q', 'k'), 'tsch|shch|sch|tch|sh|ch|cz|sz|ts|tz|zh|dz|c(?=[eiy])', 's', 'g'),
              'bdgvwzcn', 'ptkffskm')
          else '' end as k) v
$$;

-- Each key of a name: the whole, umlauts written out, and what stands between spaces and dashes.
create or replace function search.keys (p_name text) returns table (key text, kind "char")
language sql immutable strict parallel safe as $$
  select search.key (p_name), 'f'::"char"
  union
  select search.key (replace (replace (replace (replace (lower (normalize (p_name, NFC)),
                     'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe')), 'u'
   where p_name ~* '[äöüø]'
  union
  select search.key (part), 'p'
    from regexp_split_to_table (p_name, '[-‐ ]+') part
   where p_name ~ '[-‐ ]' and length (part) > 2
     and lower (part) not in ('van', 'von', 'der', 'den', 'del', 'della', 'dos', 'las', 'les', 'bin')
$$;
