-- The pre-enrolment service of Utopia: what people prepare at home, and what the offices say
-- becomes of it. A message acts once, however often it is delivered.
create table application (
  code text primary key,              -- PE, seven characters, a check character
  office text not null,
  state text not null check (state in ('SUBMITTED', 'CANCELLED', 'ARRIVED', 'IN_PROCESS',
    'BIOMETRICS_DONE', 'READY', 'DONE', 'CLOSED')),
  kind text not null check (kind in ('FIRST', 'RENEW', 'REPLACE', 'CORRECT', 'EXTEND')),
  categories text[] not null,
  language text not null,             -- ISO 639-1
  submitted_at timestamptz not null,
  valid_until date not null,
  id_number text not null,
  surname text not null,
  forenames text[] not null,
  born_on date not null,
  born_at text,
  sex smallint not null,              -- ISO/IEC 5218
  nationality text not null,
  address text[] not null,
  email text,
  mobile text,
  portrait_ref text                   -- none: the applicant sent no photo
);
create table message (
  id uuid primary key,                -- the sender's idempotency key
  code text not null references application,
  status text not null,
  happened_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  deliveries int not null default 1
);
-- What the applicant was told, once for each message.
create table notice (
  number bigint generated always as identity primary key,
  message_id uuid not null references message,
  code text not null references application,
  status text not null
);

create function report(p_message uuid, p_code text, p_status text, p_at timestamptz,
                       out http int, out answer text)
language plpgsql as $$
declare
  v_application application;
  v_message message;
begin
  select * into v_application from application where code = p_code for update;
  if not found then
    http := 404;
    answer := '{"error":{"code":"APPLICATION_NOT_FOUND"}}';
    return;
  end if;
  select * into v_message from message where id = p_message;
  if found then
    update message set deliveries = deliveries + 1 where id = p_message;
    if (v_message.code, v_message.status) is distinct from (p_code, p_status) then
      http := 409;
      answer := '{"error":{"code":"KEY_REUSED"}}';
    else
      http := 200;
      answer := json_build_object('code', p_code, 'status', p_status, 'repeated', true);
    end if;
    return;
  end if;
  if p_status not in ('ARRIVED', 'IN_PROCESS', 'BIOMETRICS_DONE', 'READY', 'DONE', 'CLOSED') then
    http := 422;
    answer := '{"error":{"code":"STATUS_UNKNOWN"}}';
    return;
  end if;
  if v_application.state = 'CANCELLED' then
    http := 410;
    answer := '{"error":{"code":"APPLICATION_CANCELLED"}}';
    return;
  end if;
  insert into message (id, code, status, happened_at) values (p_message, p_code, p_status, p_at);
  insert into notice (message_id, code, status) values (p_message, p_code, p_status);
  update application set state = p_status where code = p_code;
  http := 200;
  answer := json_build_object('code', p_code, 'status', p_status, 'repeated', false);
end
$$;

grant select, update on application, message to preenrolment;
grant insert on message, notice to preenrolment;
