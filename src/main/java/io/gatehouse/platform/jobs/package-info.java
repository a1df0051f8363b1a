/** Work that no request asks for. */
package io.gatehouse.platform.jobs;
