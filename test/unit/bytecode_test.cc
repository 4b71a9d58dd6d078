// The hash that names a source in bytecode, against CPython's own answers and SipHash's reference vectors.
#include "python/bytecode.h"

#include <gtest/gtest.h>

#include <numeric>

#include "hash/siphash.h"

namespace slim {
namespace {

TEST(SipHash, GivesTheReferenceVectorOfTwoAndFourRounds) {
  // The example of the SipHash paper, appendix A: key and message are 00 01 02 …, 15 bytes long.
  Bytes message(15);
  std::iota(message.begin(), message.end(), std::uint8_t{0});
  const auto hash = siphash(message, 0x0706050403020100, 0x0f0e0d0c0b0a0908, 2, 4);
  ASSERT_TRUE(hash) << hash.error().what;
  EXPECT_EQ(*hash, 0xa129ca6149be45e5);
}

TEST(SourceHash, IsWhatPython311Says) {
  // python3.11 -c "import importlib.util; print(importlib.util.source_hash(b'x = 1\n').hex())"
  const auto hash = python::source_hash(as_bytes("x = 1\n"), *python::bytecode_magic(3, 11));
  ASSERT_TRUE(hash) << hash.error().what;
  EXPECT_EQ(*hash, 0x5252f793aa72034c);
}

TEST(BytecodeMagic, IsUnknownForPythonsToCome) {
  EXPECT_EQ(python::bytecode_magic(3, 15), 3666);
  EXPECT_FALSE(python::bytecode_magic(3, 16));
}

TEST(BytecodeHeader, IsReadAndReplaced) {
  const Bytes file = python::bytecode_file(3495, 0x1122334455667788, as_bytes("code"));
  const auto header = python::read_bytecode_header(file);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->magic, 3495);
  EXPECT_EQ(header->flags, 1U);
  EXPECT_EQ(header->source_hash, 0x1122334455667788U);
  EXPECT_EQ(python::with_unchecked_header(file, 3495, 1).size(), file.size());
  EXPECT_FALSE(python::read_bytecode_header(as_bytes("too short")));
  EXPECT_FALSE(python::read_bytecode_header(Bytes(16, 0)));
}

TEST(BytecodePath, LeadsToTheSourceAndBack) {
  EXPECT_EQ(python::source_of_bytecode("a/__pycache__/b.cpython-311.opt-1.pyc"), "a/b.py");
  EXPECT_EQ(python::source_of_bytecode("a/b.pyc"), "a/b.py");
  EXPECT_EQ(python::bytecode_of_source("a/b.py", "cpython-311"), "a/__pycache__/b.cpython-311.pyc");
  EXPECT_EQ(python::bytecode_of_source("b.py", "cpython-311"), "__pycache__/b.cpython-311.pyc");
}

}  // namespace
}  // namespace slim
