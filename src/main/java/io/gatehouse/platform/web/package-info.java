/** What every HTTP request passes first: a request id, and the role of this process. */
package io.gatehouse.platform.web;
