; From the old version to the new one.

; Ends with 2 unless every file of the new version is there in its size: File says nothing of one it
; could not make while it looks at times. The old version is whole by then.
Function StopIfNotWhole
  InitPluginsDir
  File "/oname=$PLUGINSDIR\sizes.txt" "${SIZES}"
  ClearErrors
  FileOpen $R1 "$PLUGINSDIR\sizes.txt" r
  StrCpy $R0 "sizes.txt"
  ${If} ${Errors}
    Call StopAsNotWritten
  ${EndIf}
  ${Do}
    FileReadUTF16LE $R1 $R0
    FileReadUTF16LE $R1 $R2
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${TrimNewLines} "$R0" $R0
    ${TrimNewLines} "$R2" $R2
    StrCpy $R0 "$INSTDIR\$R0"
    Call GetFileSize
    ${If} $R3 != $R2
      Call StopAsNotWritten
    ${EndIf}
  ${Loop}
  FileClose $R1
FunctionEnd

; Puts the bytes of the file $R0 into $R3, or -1. It is not opened: a virus scanner may hold it.
Function GetFileSize
  System::Call '*(i, l, l, l, i, i) p.R4'
  System::Call 'kernel32::GetFileAttributesExW(w R0, i 0, p R4) i.R5'
  System::Call '*$R4(i.R6, l, l, l, i, i.R3)'
  System::Free $R4
  IntOp $R6 $R6 & 16 ; a folder
  ${If} $R5 = 0
  ${OrIf} $R6 <> 0
    StrCpy $R3 -1
  ${EndIf}
FunctionEnd

Function StopAsNotWritten
  Call DeleteHalfDone
  MessageBox MB_ICONSTOP "$(NOT_WRITTEN)" /SD IDOK
  SetErrorLevel 2
  Abort
FunctionEnd

; Puts NAME.new in the place of the NAME on the stack: one step for the file system, so that there
; is always one of the two. A virus scanner may hold a new file for a moment.
Function Switch
  Pop $R0
  StrCpy $R1 0
  ${Do}
    System::Call 'kernel32::MoveFileExW(w "$INSTDIR\$R0.new", w "$INSTDIR\$R0", i 9) i.R2'
    ${If} $R2 <> 0
      Return
    ${EndIf}
    IntOp $R1 $R1 + 1
    Sleep 200
  ${LoopUntil} $R1 >= 15
  Call DeleteHalfDone
  SetErrorLevel 5
  Abort "$(IN_USE)"
FunctionEnd

; Once it was called uninstall.exe, as that of many a program is: only what is listed is ours.
Function DeleteEarlierUninstaller
  ReadRegStr $R0 SHCTX "${UNINSTALL_KEY}" "UninstallString"
  ${If} $R0 == '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
    Delete "$INSTDIR\uninstall.exe"
  ${EndIf}
FunctionEnd
