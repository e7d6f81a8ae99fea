-- The server proves to the database what only it can check: that a code was right. It holds no more right to rows than the
-- person who asks; what it says is believed for the key that both have (HMAC-SHA-256), once and for two minutes.
create table app_private.mac_keys (
	purpose text not null,
	kid bigint not null check (kid between 0 and 4294967295),
	key bytea not null check (octet_length(key) = 32),
	primary key (purpose, kid)
);
comment on table app_private.mac_keys is 'Keys by which the server proves what it checked, one for each purpose.';
comment on column app_private.mac_keys.purpose is 'internal: what is proven with it';
comment on column app_private.mac_keys.kid is 'internal: id of the system key that it is derived from';
comment on column app_private.mac_keys.key is 'highly sensitive: the key; with it a second step can be shown without a code';

create table app_private.used_proofs (
	nonce text primary key check (length(nonce) between 16 and 64),
	until timestamptz not null
);
create index used_proofs_by_end on app_private.used_proofs (until);
comment on table app_private.used_proofs is 'Proofs that were taken and have not expired: each is good once.';
comment on column app_private.used_proofs.nonce is 'internal: drawn by the server for one proof';
comment on column app_private.used_proofs.until is 'internal: until when the proof would hold';

-- RFC 2104 over the SHA-256 that PostgreSQL has, for keys up to a block (64 bytes). Not every place that this runs in has
-- pgcrypto, and where it has, not in the same schema.
create function app.hmac_sha256(message bytea, key bytea) returns bytea
	language plpgsql immutable set search_path = '' as $$
declare
	inner_pad bytea := key || decode(repeat('00', 64 - octet_length(key)), 'hex');
	outer_pad bytea := inner_pad;
begin
	for at in 0 .. 63 loop
		outer_pad := set_byte(outer_pad, at, get_byte(inner_pad, at) # 92);
		inner_pad := set_byte(inner_pad, at, get_byte(inner_pad, at) # 54);
	end loop;
	return sha256(outer_pad || sha256(inner_pad || message));
end
$$;
comment on function app.hmac_sha256(bytea, bytea) is 'HMAC-SHA-256 (RFC 2104); the key has at most 64 bytes.';

-- What a proof is over. No part of it can hold the separator but the detail, which is the one in the middle of fixed ones.
create function app.proof_of(purpose text, kid bigint, detail text, nonce text, expiry bigint) returns bytea
	language plpgsql stable set search_path = '' as $$
begin
	return app.hmac_sha256(convert_to(concat_ws('|', purpose, 'v1', kid, auth.uid(), auth.jwt() ->> 'session_id', detail,
		nonce, expiry), 'UTF8'), (select k.key from app_private.mac_keys k where k.purpose = proof_of.purpose and k.kid = proof_of.kid));
end
$$;
comment on function app.proof_of(text, bigint, text, text, bigint) is
	'HMAC over purpose|v1|kid|user|session|detail|nonce|expiry; null where there is no such key.';

-- Each function takes a proof as one argument, {kid, nonce, expiry, mac}: expiry in seconds since 1970, mac in
-- base64url.
create function app.take_proof(purpose text, detail text, proof jsonb) returns void
	language plpgsql security definer set search_path = '' as $$
declare
	kid bigint;
	drawn text := proof ->> 'nonce';
	expiry bigint;
	expected bytea;
begin
	kid := proof ->> 'kid';
	expiry := proof ->> 'expiry';
	expected := app.proof_of(purpose, kid, detail, drawn, expiry);
	-- Digests are compared, so that how far two texts agree tells nothing.
	if num_nulls(purpose, kid, detail, drawn, expiry, expected, proof ->> 'mac') = 0
		and sha256(convert_to(proof ->> 'mac', 'UTF8')) = sha256(convert_to(app.to_text(expected), 'UTF8'))
		and to_timestamp(expiry) between now() and now() + interval '5 minutes' then
		insert into app_private.used_proofs (nonce, until) values (drawn, to_timestamp(expiry)) on conflict do nothing;
		if found then
			return;
		end if;
	end if;
	raise sqlstate 'PT403' using message = 'Only the server does this.';
exception when data_exception then
	raise sqlstate 'PT403' using message = 'Only the server does this.';
end
$$;
comment on function app.take_proof(text, text, jsonb) is
	'Takes the server''s proof about the caller and this session, once. Raises PT403 where it does not hold, is old, or was taken before.';

create function app.remove_due_steps() returns void
	language plpgsql set search_path = '' as $$
begin
	delete from app_private.used_proofs p where p.until < now() - interval '1 minute';
	delete from public.session_elevations e where e.until < now();
	delete from app_private.totp_secrets t where t.state = 'waiting' and t.at < now() - interval '1 hour';
	delete from app_private.step_challenges c where c.at < now() - interval '5 minutes';
	delete from app_private.step_attempts a where a.at < now() - interval '1 day' and a.locked_until < now();
end
$$;
comment on function app.remove_due_steps() is 'Removes what of second steps has ended.';
revoke execute on function app.hmac_sha256(bytea, bytea), app.proof_of(text, bigint, text, text, bigint),
	app.take_proof(text, text, jsonb), app.remove_due_steps() from public, anon, authenticated;
