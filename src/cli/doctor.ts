import { knownConnectors } from '../app.js';
import { loadConfig } from '../config/load-config.js';
import type { JsonValue } from '../domain/json.js';
import type { AddCommand } from './command.js';
import {
  asFindings,
  channelFindings,
  clockFindings,
  databaseFindings,
  diskFindings,
  type Finding,
  feeFindings,
  keptSecrets,
  keyFindings,
  mailFindings,
  queueFindings,
} from './doctor-checks.js';
import { diskKindFindings, modeFindings } from './doctor-place-checks.js';

/** `omnifeed doctor`: everything that must be right before anything is sent. */
export const addDoctor: AddCommand = (command, on) => {
  command.action(
    on(async (stage, { options }) => {
      const connectors = knownConnectors();
      const config = await loadConfig(options.config, connectors, stage.environment);
      const findings = [
        ...(await databaseFindings(config)),
        ...(await queueFindings(config)),
        ...(await diskFindings(config)),
        ...(await asFindings('disk', () => diskKindFindings(config))),
        ...(await modeFindings(config)),
        ...(await keyFindings(config, stage.environment)),
        ...(await mailFindings(config)),
      ];
      const skews: (number | null)[] = [];
      for (const channel of config.channels) {
        stage.progress.update(`asking ${channel.id}`);
        const checked = await channelFindings(channel, connectors.get(channel.connector), {
          signal: stage.signal,
          secrets: keptSecrets(config, stage.environment, channel.id),
        });
        findings.push(...checked.findings, ...(await feeFindings(channel)));
        skews.push(checked.skewMs);
      }
      findings.push(...clockFindings(skews));
      const failed = findings.some((finding) => finding.state === 'error');
      stage.show({ ok: !failed, findings: findings as unknown as JsonValue }, () =>
        findings.map(line).join('\n'),
      );
      return failed ? 1 : 0;
    }),
  );
};

const MARK = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const;

function line(finding: Finding): string {
  const advice = finding.advice === '' ? '' : `\n         ${finding.advice}`;
  return `${MARK[finding.state]}  ${finding.about}: ${finding.message}${advice}`;
}
