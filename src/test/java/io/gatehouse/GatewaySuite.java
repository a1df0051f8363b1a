package io.gatehouse;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * All that {@link DialectsSuite} leaves of the tests on the running application or a database: of the gateway, and of what it
 * rests on. About as long.
 */
@Suite
@SelectPackages("io.gatehouse")
@ExcludePackages({ "io.gatehouse.contract.workato", "io.gatehouse.contract.celigo", "io.gatehouse.contract.oauth" })
@IncludeClassNamePatterns(".*DbTest")
class GatewaySuite {
}
