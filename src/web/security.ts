import type { SecurityHeadersOptions } from '@nestjs/common';

/**
 * For `app.useSecurityHeaders(securityHeaders(https))`: everything from this machine, nothing inline. Over plain http
 * the header that upgrades requests must go, or pages opened by a LAN address lose their style and their forms.
 * Referrers stay within the site: addresses of emailed links carry a token.
 */
export const securityHeaders = (https: boolean): SecurityHeadersOptions => ({
  contentSecurityPolicy: {
    directives: {
      defaultSrc: "'self'",
      fontSrc: "'self'",
      imgSrc: ["'self'", 'data:'],
      scriptSrc: "'self'",
      styleSrc: "'self'",
      frameAncestors: "'self'",
      upgradeInsecureRequests: https ? true : null,
    },
  },
  referrerPolicy: { policy: 'same-origin' },
  strictTransportSecurity: https,
});
