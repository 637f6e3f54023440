-- Who is on call when became a capability of its own; its tables bear its name.
alter table oncall_rota rename to rotas_rota;
alter table oncall_layer rename to rotas_layer;
alter table oncall_override rename to rotas_override;
alter index oncall_layer_rota rename to rotas_layer_rota;
alter index oncall_override_rota rename to rotas_override_rota;
