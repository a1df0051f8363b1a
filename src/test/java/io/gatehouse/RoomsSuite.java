package io.gatehouse;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All that the other suites leave: the rooms by themselves, many of which wait more than they work. */
@Suite
@SelectPackages("io.gatehouse")
@IncludeClassNamePatterns(".*Test")
@ExcludeClassNamePatterns("io\\.gatehouse\\.contract\\..*DbTest")
class RoomsSuite {
}
