package io.gatehouse;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * The contracts of the management dialects and of the identity provider, on the running application. Suites run at the same
 * time, each in a process that starts the application once; what is in none of the first two is in {@link RoomsSuite}.
 */
@Suite
@SelectPackages({ "io.gatehouse.contract.workato", "io.gatehouse.contract.celigo", "io.gatehouse.contract.oauth" })
@IncludeClassNamePatterns(".*DbTest")
class DialectsSuite {
}
