/** Encryption at rest under the deployment's master key. */
package io.gatehouse.platform.secrets;
