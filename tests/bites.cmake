# For tests of the checks themselves: each accepts what is sound, and rejects a copy in which one thing is wrong.

# Fails unless the verdict of `who`, an exit code and its output, is the expected one, with the message if it
# rejects.
function(expect_verdict who code output verdict message)
  if(verdict STREQUAL "accepts")
    if(NOT code EQUAL 0)
      message(SEND_ERROR "${who} rejects what is sound: ${output}")
    endif()
  elseif(code EQUAL 0)
    message(SEND_ERROR "${who} does not see: ${message}")
  elseif(NOT output MATCHES "${message}")
    message(SEND_ERROR "${who} should say \"${message}\", and says: ${output}")
  endif()
endfunction()

# Replaces in a file of the copy, and insists that there was something to replace.
function(change file pattern replacement)
  file(READ ${SCRATCH}/${file} before)
  string(REGEX REPLACE "${pattern}" "${replacement}" after "${before}")
  if(after STREQUAL before)
    message(FATAL_ERROR "nothing in ${file} matches ${pattern}")
  endif()
  file(WRITE ${SCRATCH}/${file} "${after}")
endfunction()
