/** An entity the person is a member of: id, kind, name, identifying values, role, domains, `rev`, perhaps `damaged`. */
export type { Entity as EntityView } from '../api/entity.ts';
