package io.gatehouse;

import org.junit.platform.suite.api.ExcludePackages;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All contracts that {@link DialectsSuite} leaves: those of the gateway. About as long. */
@Suite
@SelectPackages("io.gatehouse.contract")
@ExcludePackages({ "io.gatehouse.contract.workato", "io.gatehouse.contract.celigo", "io.gatehouse.contract.oauth" })
@IncludeClassNamePatterns(".*DbTest")
class GatewaySuite {
}
