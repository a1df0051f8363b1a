/**
 * OpenTelemetry: spans and measurements for those who configured where they go, and for everybody else nothing. Beside them,
 * what ties the calls that a request causes to the request.
 */
package io.gatehouse.platform.telemetry;
