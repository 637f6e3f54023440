/** Pieces of configuration to paste into senders; docs/receiving.md explains each. */
export const webhook = (address: string): string => `receivers:
  - name: quarterdeck
    webhook_configs:
      - url: ${address}
        send_resolved: true

route:
  receiver: quarterdeck`;

export const pagerduty = (address: string, key: string): string => `receivers:
  - name: quarterdeck
    pagerduty_configs:
      - url: ${address}
        routing_key: ${key}
        send_resolved: true`;

export const curl = (address: string, key: string): string => `curl -X POST ${address} \\
  -H 'content-type: application/json' \\
  -d '{"routing_key":"${key}","event_action":"trigger","dedup_key":"first-test","payload":{"summary":"First test","source":"my-host","severity":"warning"}}'`;

export const events = (address: string): string => `curl -X POST ${address} \\
  -H 'content-type: application/json' \\
  -d '{"title":"Disk full","status":"firing","severity":"warning","host":"db1","service":"payments-api","key":"db1/disk"}'`;

export const icinga = (address: string): string => `#!/bin/sh
# Icinga 2: /etc/icinga2/scripts/quarterdeck.sh, executable
exec curl -sS --fail --retry 5 --max-time 20 ${address} \\
  --data-urlencode "type=$NOTIFICATIONTYPE" --data-urlencode "host=$HOSTNAME" \\
  --data-urlencode "service=$SERVICEDESC" --data-urlencode "state=\${SERVICESTATE:-$HOSTSTATE}" \\
  --data-urlencode "output=\${SERVICEOUTPUT:-$HOSTOUTPUT}" --data-urlencode "address=$HOSTADDRESS" \\
  --data-urlencode "author=$NOTIFICATIONAUTHORNAME" --data-urlencode "comment=$NOTIFICATIONCOMMENT"

# Icinga 2: /etc/icinga2/conf.d/quarterdeck.conf
template NotificationCommand "quarterdeck" {
  command = [ ConfigDir + "/scripts/quarterdeck.sh" ]
  env = {
    NOTIFICATIONTYPE = "$notification.type$"
    HOSTNAME = "$host.name$"
    HOSTADDRESS = "$address$"
    HOSTSTATE = "$host.state$"
    HOSTOUTPUT = "$host.output$"
    NOTIFICATIONAUTHORNAME = "$notification.author$"
    NOTIFICATIONCOMMENT = "$notification.comment$"
  }
}
object NotificationCommand "quarterdeck-host" {
  import "quarterdeck"
}
object NotificationCommand "quarterdeck-service" {
  import "quarterdeck"
  env += {
    SERVICEDESC = "$service.name$"
    SERVICESTATE = "$service.state$"
    SERVICEOUTPUT = "$service.output$"
  }
}

# Nagios
define command {
  command_name notify-service-by-quarterdeck
  command_line /usr/bin/curl -sS --fail --retry 5 --max-time 20 ${address} --data-urlencode 'type=$NOTIFICATIONTYPE$' --data-urlencode 'host=$HOSTNAME$' --data-urlencode 'service=$SERVICEDESC$' --data-urlencode 'state=$SERVICESTATE$' --data-urlencode 'output=$SERVICEOUTPUT$'
}
define command {
  command_name notify-host-by-quarterdeck
  command_line /usr/bin/curl -sS --fail --retry 5 --max-time 20 ${address} --data-urlencode 'type=$NOTIFICATIONTYPE$' --data-urlencode 'host=$HOSTNAME$' --data-urlencode 'state=$HOSTSTATE$' --data-urlencode 'output=$HOSTOUTPUT$'
}`;

/** The parameters the reader knows, each with the macro that fills it. */
const ZABBIX: Readonly<Record<string, string>> = {
  'event.id': '{EVENT.ID}',
  'event.value': '{EVENT.VALUE}',
  'event.name': '{EVENT.NAME}',
  'event.severity': '{EVENT.SEVERITY}',
  'event.nseverity': '{EVENT.NSEVERITY}',
  'event.opdata': '{EVENT.OPDATA}',
  'event.tagsjson': '{EVENT.TAGSJSON}',
  'event.timestamp': '{EVENT.TIMESTAMP}',
  'event.update.status': '{EVENT.UPDATE.STATUS}',
  'event.update.action': '{EVENT.UPDATE.ACTION}',
  'event.update.message': '{EVENT.UPDATE.MESSAGE}',
  'trigger.id': '{TRIGGER.ID}',
  'trigger.url': '{TRIGGER.URL}',
  'trigger.description': '{TRIGGER.DESCRIPTION}',
  'host.name': '{HOST.NAME}',
  'host.ip': '{HOST.IP}',
  'user.fullname': '{USER.FULLNAME}',
  'zabbix.url': '{$ZABBIX.URL}',
};

export const zabbix = (address: string): string => `Parameters (name = value):
${Object.entries(ZABBIX)
  .map(([name, macro]) => `${name} = ${macro}`)
  .join('\n')}

Script:
var request = new HttpRequest();
request.addHeader('Content-Type: application/json');
var answer = request.post('${address}', value);
if (request.getStatus() !== 202) {
  throw 'Quarterdeck answered ' + request.getStatus() + ': ' + answer;
}
return 'OK';`;

export const change = (address: string, key: string): string => `curl -X POST ${address} \\
  -H 'content-type: application/json' \\
  -d '{"routing_key":"${key}","payload":{"summary":"Deployed 2.41.0","source":"pipeline","custom_details":{"service":"payments-api"}}}'`;

const OTHERS = ['PagerDuty Events v1', 'incident.io', 'GoAlert'];

export const others = (addresses: readonly { readonly format: string; readonly address: string }[]): string =>
  addresses
    .filter(({ format }) => OTHERS.includes(format))
    .map(({ format, address }) => `${format}\n${address}`)
    .join('\n\n');
