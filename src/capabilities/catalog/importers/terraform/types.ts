import type { ComponentType } from '../reading.ts';

/** Words inside a resource type, most telling first (`aws_db_instance`, `google_sql_database_instance`); what fits none is a cloud resource. */
const types: readonly (readonly [RegExp, ComponentType])[] = [
  [/_acm_certificate$|_ssl_certificate$|certificate$|_ssl_cert$/, 'certificate'],
  [
    /_db_instance$|_rds_|_sql_|_database|_dynamodb_|_elasticache_|_redis|_docdb|_neptune|_opensearch|_elasticsearch|_redshift|_bigquery|_cosmosdb|_postgresql|_mysql|_mariadb|_mongodb|_spanner|_bigtable|_memcache/,
    'database',
  ],
  [/_sqs_|_sns_|_msk_|_kinesis_|_mq_broker|_pubsub_|_servicebus_|_eventhub|_queue/, 'queue'],
  [/_eks_|_ecs_cluster|_gke_|_container_cluster|_kubernetes_cluster|_k8s_|_aks_|_cluster/, 'cluster'],
  [/_ecs_service|_ecs_task|_container_app|_container_group|_cloud_run|_lambda_function|_cloudfunctions|_function_app|_app_service|_container/, 'container'],
  [/_s3_bucket$|_storage_|_ebs_volume|_efs_|_volume|_disk$|_blockstorage|_fsx_|_glacier|_bucket$/, 'storage'],
  [/_route53_|_dns_|_domain|_zone$|_record(set)?$/, 'domain'],
  [/_iam_|_directory_|_azuread|_cognito|_identity/, 'directory'],
  [/_instance(_v\d)?$|_virtual_machine$|_droplet$|_server$|_compute_instance|_vm$/, 'vm'],
  [
    /_vpc|_subnet|_lb$|_alb$|_elb$|_lb_|_loadbalancer|_nat_gateway|_internet_gateway|_route|_security_group|_secgroup|_firewall|_network|_eip$|_gateway|_vpn|_cloudfront|_listener|_target_group|_address$|_port_v\d$/,
    'network',
  ],
];

export function componentTypeOf(resource: string): ComponentType {
  return types.find(([words]) => words.test(resource))?.[1] ?? 'cloud';
}

/** Resources that bind two others together, set a rule on one, or exist only inside Terraform: nobody runs them. */
const binding =
  /_(rule|rule_v\d|attachment|association|policy|permission|grant|rotation|version|peering|member|member_v\d|notification|acl|configuration|ownership_controls|access_block)$/;
const inner = /^(random|null|tls|local|time|archive|template|external|http)_|^terraform_data$/;

export function isThing(resource: string): boolean {
  return !binding.test(resource) && !inner.test(resource);
}

/** The only attributes that are kept; everything else of a state stays in it, since old providers do not mark their secrets. */
export const lifted: readonly string[] = [
  'arn',
  'availability_zone',
  'availability_zones',
  'backup_retention_period',
  'cidr_block',
  'cluster_identifier',
  'db_subnet_group_name',
  'deletion_protection',
  'desired_count',
  'dns_name',
  'endpoint',
  'engine',
  'engine_version',
  'engine_mode',
  'expiration',
  'family',
  'fqdn',
  'function_name',
  'handler',
  'hostname',
  'id',
  'instance_class',
  'instance_type',
  'ip_address',
  'internal',
  'load_balancer_arn',
  'load_balancer_type',
  'location',
  'machine_type',
  'memory_size',
  'multi_az',
  'node_type',
  'not_after',
  'not_before',
  'num_cache_nodes',
  'private_dns',
  'private_ip',
  'private_ip_address',
  'public_dns',
  'public_ip',
  'public_ip_address',
  'port',
  'region',
  'resource_group_name',
  'runtime',
  'size',
  'storage_encrypted',
  'subnet_id',
  'subnet_ids',
  'ttl',
  'vpc_id',
  'vpc_security_group_ids',
  'zone',
  'zone_id',
];

/** In the order of what people would type. */
export const addresses: readonly string[] = [
  'fqdn',
  'endpoint',
  'dns_name',
  'address',
  'configuration_endpoint',
  'public_dns',
  'private_ip',
  'private_ip_address',
  'ip_address',
  'access_ip_v4',
  'public_ip',
];
