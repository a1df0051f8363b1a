package io.gatehouse;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Whatever needs neither the application nor a database, in whichever process is free first. */
@Suite
@SelectPackages("io.gatehouse")
@IncludeClassNamePatterns(".*Test")
@ExcludeClassNamePatterns(".*DbTest")
class PlainSuite {
}
