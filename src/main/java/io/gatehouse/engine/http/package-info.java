/**
 * Executes HTTP operations: arguments become a request ({@code RequestBuilder} with {@code ParameterStyles} and
 * {@code BodyWriter}), the answer becomes an outcome ({@code AnswerReader}).
 */
package io.gatehouse.engine.http;
