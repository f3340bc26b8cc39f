-- The population register's records as “platenctl registry duplicates --file” reads them: in the
-- register's own writing, with what it keeps of before. No parameters. Run it with psql; writes CSV.
copy (
  select id as id_number, surname as family_name, array_to_string(forenames, ' ') as given_names,
         surname_native as family_name_native, array_to_string(forenames_native, ' ') as given_names_native,
         birth_surname as birth_family_name,
         (select string_agg(n.surname, '|') from former_name n where n.id = person.id) as former_family_names,
         sex, born_on as birth_date, born_at as birth_place, nationality, street || ', ' || town as address,
         (select string_agg(a.street || ', ' || a.town, '|') from former_address a where a.id = person.id) as former_addresses,
         (select string_agg(f.former_id, '|') from former_id f where f.id = person.id) as former_ids,
         (select string_agg(d.kind || ' ' || d.number, '|') from document d where d.id = person.id) as documents,
         portrait_ref as portrait, died_on as death_date
    from person
   order by id
) to stdout with (format csv, header);
